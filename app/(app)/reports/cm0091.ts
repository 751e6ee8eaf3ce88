import { type OverviewFacts, pointsWords, toPoints } from '@/app/(app)/overview/points'
import { decisionLabel, verdictLabel } from '@/components/state/state-badge'
import { countOf, formatNumber } from '@/components/ui/numbers'
import type { Scope } from '@/lib/pipeline/actor'
import { ASR_RULES, NEAR_RULES, STANDARD_RULES } from '@/lib/pipeline/export/policy/asr-rules'
import type { Report, ReportSection } from '@/lib/pipeline/export/report/report'
import { type DataWindow, findDataSpan, lastDays } from '@/lib/store/screens/data-window'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import type { FleetCoverage } from '@/lib/store/screens/overview/coverage'
import { countDecisions, type DecisionCounts } from '@/lib/store/screens/overview/decisions'
import {
  countDeviations,
  type DeviationCounts,
  SCORE_STEPS,
  type Trends,
} from '@/lib/store/screens/overview/deviations'
import { loadActivity } from '@/lib/store/screens/overview/fleet'
import { findPendingWork } from '@/lib/store/screens/overview/work'
import { type AsrReports, readAsrReports } from '@/lib/store/screens/reports/asr-reports'
import { listNamedBinaries, type NamedBinary } from '@/lib/store/screens/reports/related'
import { SENSOR_LABELS } from '../executions/sensor-labels'
import { RELATED_COUNTERMEASURES } from './countermeasures'
import { asOf, byDay, countedAt, NO_TELEMETRY, stillChanging, tableSection } from './report-words'

const DAYS = 30
const STATES = { done: 'Done', partly: 'Partly', open: 'Not\u00a0yet' } as const

/** Where CM0091 stands, point by point, with the countermeasures that it leads to. */
export async function loadCm0091Report(scope: Scope, now: Date): Promise<Report> {
  const title = 'CM0091: where it stands'
  const span = await findDataSpan(scope)
  if (span === null) return { title, lines: [asOf(now, scope)], sections: [NO_TELEMETRY] }
  const window = lastDays(span, DAYS)
  const slugs = RELATED_COUNTERMEASURES.flatMap((one) => [...one.slugs])
  const [decisions, deviations, { value: fleet, at }, named, alarms, asr, work] = await Promise.all([
    countDecisions(scope),
    countDeviations(scope),
    loadActivity(scope, window),
    listNamedBinaries(scope, slugs, window),
    listAlarms(scope),
    readAsrReports(scope),
    findPendingWork({ scope, actorId: null }),
  ])
  const { coverage, trends } = fleet
  return {
    title,
    lines: [
      'Prevent and detect system binary proxy execution (ATT&CK T1218).',
      asOf(now, scope),
      `Telemetry from ${span.from} to ${span.to}; use and coverage are of ${window.from} to ${window.to}.`,
      ...countedAt(at),
      ...stillChanging(work),
    ],
    sections: [
      pointsSection({ days: trends.days.length, decisions, deviations, coverage, alarms }),
      binariesSection(decisions),
      deviationsSection(deviations),
      coverageSection(coverage),
      trendsSection(trends),
      relatedSection(named, window),
      asrSection(asr, coverage.hosts),
    ],
  }
}

function pointsSection(facts: OverviewFacts): ReportSection {
  const points = toPoints(facts)
  return tableSection(pointsWords(points, facts.days), {
    label: 'Points of CM0091',
    columns: [
      { label: 'Part', width: 2 },
      { label: 'What it asks', width: 7 },
      { label: 'State', width: 2 },
      { label: 'Evidence', width: 10 },
    ],
    rows: points.map(({ part, ask, state, evidence }) => [part, ask, STATES[state], evidence]),
    none: '',
  })
}

function binariesSection(decisions: DecisionCounts): ReportSection {
  const { counted, seen, undecidedSeen, proposed, approved, required, safeToBlock, restricted } = decisions
  return {
    title: 'Binaries',
    parts: [
      {
        kind: 'figures',
        figures: [
          { label: 'watched', value: formatNumber(counted) },
          { label: 'ran here', value: formatNumber(seen) },
          { label: 'ran here, undecided', value: formatNumber(undecidedSeen) },
          { label: 'proposed', value: formatNumber(proposed) },
          { label: 'approved', value: formatNumber(approved) },
        ],
      },
      {
        kind: 'text',
        text: `Of those approved: ${formatNumber(safeToBlock)} to be blocked, ${formatNumber(restricted)} to be restricted, ${formatNumber(required)} to stay allowed. Approved does not mean enforced: a control has to carry it out.`,
      },
    ],
  }
}

function deviationsSection({ byState, openFrom, rulingsInForce }: DeviationCounts): ReportSection {
  const of = (state: string) => formatNumber(byState[state] ?? 0)
  return {
    title: 'Deviations',
    parts: [
      {
        kind: 'figures',
        figures: SCORE_STEPS.map((bits, index) => ({
          label: `open, ${bits} bits or more`,
          value: formatNumber(openFrom[index] ?? 0),
        })),
      },
      {
        kind: 'text',
        text: `Judged: ${of('flagged')} flagged, ${of('malicious')} malicious, ${of('expected')} expected, ${of('authorised-test')} authorised tests. ${countOf(rulingsInForce, 'ruling')} in force.`,
      },
    ],
  }
}

function coverageSection(coverage: FleetCoverage): ReportSection {
  const { hosts, silent, withoutCommandLines, bySensor, sending } = coverage
  return {
    title: 'What is seen, and what is not',
    parts: [
      {
        kind: 'table',
        label: 'Hosts by what they send',
        columns: [
          { label: 'Hosts that send', width: 4 },
          { label: 'Hosts', align: 'right' },
        ],
        rows: [
          ...bySensor.map(({ sensor, hosts: count }) => [SENSOR_LABELS[sensor], formatNumber(count)]),
          ['Module loads', formatNumber(sending.modules)],
          ['Network connections', formatNumber(sending.connections)],
          ['Attempts reported by controls', formatNumber(sending.attempts)],
        ],
        none: '',
      },
      {
        kind: 'text',
        text: `Of ${countOf(hosts, 'host')}, ${formatNumber(silent)} sent nothing in the period and ${formatNumber(withoutCommandLines)} sent process creations without command lines: nothing can be said of use that they did not report.`,
      },
    ],
  }
}

function trendsSection({ days, executions, newDeviations }: Trends): ReportSection {
  return {
    title: 'By day',
    parts: [
      { kind: 'bars', title: 'Executions of proxy binaries a day', points: byDay(days, executions) },
      { kind: 'bars', title: 'Deviations first seen, by day', points: byDay(days, newDeviations) },
    ],
  }
}

function relatedSection(named: readonly NamedBinary[], window: DataWindow): ReportSection {
  const bySlug = new Map(named.map((one) => [one.slug, one]))
  return tableSection('The countermeasures it leads to', {
    label: 'Related countermeasures',
    columns: [
      { label: 'Countermeasure', width: 3 },
      { label: 'What it asks', width: 7 },
      { label: `Here, ${window.from} to ${window.to}`, width: 6 },
    ],
    rows: RELATED_COUNTERMEASURES.map(({ id, title, asks, slugs }) => [
      `${id} ${title}`,
      asks,
      slugs.map((slug) => standing(slug, bySlug.get(slug))).join('; '),
    ]),
    none: '',
  })
}

/** CM0004: the standard rules first, each tried in audit before it blocks. */
function asrSection({ rules, withExclusions }: AsrReports, hosts: number): ReportSection {
  const byId = new Map(rules.map((one) => [one.id, one]))
  const section = tableSection('Attack surface reduction (CM0004), rule by rule', {
    label: 'Attack surface reduction rules by what hosts reported last',
    columns: [
      { label: 'Rule', width: 4 },
      { label: 'Stops', width: 7 },
      { label: 'Blocks', align: 'right', width: 2 },
      { label: 'Audits', align: 'right', width: 2 },
      { label: 'Warns', align: 'right', width: 2 },
      { label: 'Off', align: 'right', width: 2 },
      { label: 'Not known', align: 'right', width: 2 },
    ],
    rows: ASR_RULES.map(({ id, name, stops }) => {
      const { blocks = 0, audits = 0, warns = 0, off = 0 } = byId.get(id) ?? {}
      const untold = Math.max(0, hosts - blocks - audits - warns - off)
      return [name, stops, ...[blocks, audits, warns, off, untold].map(formatNumber)]
    }),
    none: '',
  })
  return {
    ...section,
    parts: [
      { kind: 'text', text: 'Hosts, by what each reported last of a rule.' },
      ...section.parts,
      {
        kind: 'text',
        text: `Defender tells of a rule when its setting changes (event 5007): a host that did not tell may have it set all the same. ${exclusionWords(withExclusions)} Policies for the first ${STANDARD_RULES.length + NEAR_RULES.length}, audit first, come from decisions carried out by Defender ASR rules; the others are set elsewhere.`,
      },
    ],
  }
}

function exclusionWords(hosts: number): string {
  return hosts === 0
    ? 'No host reported an exclusion from these rules that still stands.'
    : `${countOf(hosts, 'host')} reported exclusions from these rules that still stand, which are gaps to look at.`
}

function standing(slug: string, binary: NamedBinary | undefined): string {
  if (binary === undefined) return `${slug} is not in the catalogue`
  if (!binary.counted) return `${binary.name} is not counted: turn it on in the catalogue`
  const use =
    binary.executions === 0
      ? 'no use seen'
      : `${countOf(binary.executions, 'execution')} on ${countOf(binary.hosts, 'host')}, ${countOf(binary.openDeviations, 'open deviation')}`
  return `${binary.name}: ${use}; ${decisionWords(binary)}`
}

/** 'approved: safe to block' */
function decisionWords({ decision, verdict }: NamedBinary): string {
  if (decision === null) return 'undecided'
  const words = [decisionLabel(decision), ...(verdict === null ? [] : [verdictLabel(verdict)])]
  return words.join(': ').toLowerCase()
}
