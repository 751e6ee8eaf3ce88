import {
  factsInWords,
  lowerFirst,
  patternWords,
  purposeWords,
  STARTER_WORDS,
} from '@/app/(app)/binaries/[slug]/necessity-words'
import { decisionLabel } from '@/components/state/state-badge'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { formatUtc } from '@/components/ui/time-format'
import type { Scope } from '@/lib/pipeline/actor'
import { legitimateNeedsOf } from '@/lib/pipeline/catalogue/legitimate-needs'
import {
  assessNecessity,
  type NecessityAssessment,
  type NecessityFacts,
} from '@/lib/pipeline/decision/necessity'
import { VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import type { Report, ReportPart, ReportSection } from '@/lib/pipeline/export/report/report'
import { type DeviationOfBinary, loadDeviationsOf } from '@/lib/store/screens/binary/hosts'
import { rollupsOf } from '@/lib/store/screens/binary/rollups'
import { loadUseByGroup } from '@/lib/store/screens/binary/totals'
import { type BinaryHeader, findBinary } from '@/lib/store/screens/binary/view'
import { daysOf, findDataSpan, lastDays } from '@/lib/store/screens/data-window'
import type { Judge } from '@/lib/store/screens/decision/awaiting'
import { type DecisionRow, listDecisionsOn } from '@/lib/store/screens/decisions'
import { type GroupUse, loadNecessity, loadUseOfGroups } from '@/lib/store/screens/what-if/load-necessity'
import { asOf, countedAt, cut, NO_TELEMETRY, tableSection } from './report-words'

const DAYS = 90

/** Whether one binary is needed here, with everything that speaks for and against; null = the catalogue has none of the name. */
export async function loadBinaryReport(
  scope: Scope,
  now: Date,
  slug: string,
  judge: Judge | null,
): Promise<Report | null> {
  const entry = await findBinary(slug)
  if (entry === null) return null
  const title = `${entry.name}: is it needed?`
  const span = await findDataSpan(scope)
  if (span === null) return { title, lines: [asOf(now, scope)], sections: [NO_TELEMETRY] }
  const window = lastDays(span, DAYS)
  const view = { entryId: entry.id, window, host: null, group: null }
  const days = daysOf(window)
  const [{ value: facts, at }, groups, series, decisions, deviations] = await Promise.all([
    loadNecessity(scope, entry),
    loadUseOfGroups(scope, entry.id, span),
    loadUseByGroup(rollupsOf(scope, view), days),
    listDecisionsOn(scope, slug, judge),
    loadDeviationsOf(scope, entry.id),
  ])
  const assessment = assessNecessity(facts)
  const aDay = days.map((label, at) => ({
    label,
    value: series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
  }))
  return {
    title,
    lines: [
      entry.description ?? '',
      asOf(now, scope),
      `Over everything stored, ${span.from} to ${span.to}.`,
      ...countedAt(at),
    ],
    sections: [
      suggestionSection(assessment),
      {
        title: 'Use',
        parts: [factsTable(facts, assessment), { kind: 'bars', title: 'Executions a day', points: aDay }],
      },
      purposesSection(facts),
      groupsSection(groups),
      needsSection(entry),
      decisionsSection(decisions),
      deviationsSection(deviations),
    ],
  }
}

function suggestionSection({
  suggestion: { verdict, reasons, cautions },
}: NecessityAssessment): ReportSection {
  const words = verdict === null ? 'none: the data do not allow one' : VERDICT_WORDS[verdict].label
  const text = (line: string): ReportPart => ({ kind: 'text', text: `• ${line}` })
  return {
    title: `Suggestion: ${words}`,
    parts: [
      { kind: 'text', text: 'Computed from the numbers below; a person decides.' },
      ...reasons.map(text),
      ...cautions.map((caution) => text(`Caution: ${caution}`)),
    ],
  }
}

function factsTable(facts: NecessityFacts, assessment: NecessityAssessment): ReportPart {
  return {
    kind: 'table',
    label: 'What is known of its use',
    columns: [
      { label: '', width: 2 },
      { label: 'What is known', width: 9 },
    ],
    rows: factsInWords(facts, assessment).map(({ label, value }) => [label, value ?? 'not known']),
    none: '',
  }
}

function purposesSection({ purposes, purposesTotal }: NecessityFacts): ReportSection {
  const right = 'right' as const
  return tableSection(`What it is used for: ${countOf(purposesTotal, 'purpose')}`, {
    label: 'Purposes',
    columns: [
      { label: 'Used for', width: 6 },
      { label: 'Command pattern', width: 8, code: true },
      { label: 'Run by', width: 3 },
      { label: 'Executions', width: 3, align: right },
      { label: 'Hosts', width: 2, align: right },
      { label: 'Accounts', width: 2, align: right },
    ],
    rows: purposes.map((one) => [
      purposeWords(one),
      cut(patternWords(one)),
      STARTER_WORDS[one.starter],
      formatNumber(one.executions),
      formatNumber(one.hosts),
      formatNumber(one.people),
    ]),
    none: 'It was not used.',
  })
}

function groupsSection(groups: readonly GroupUse[]): ReportSection {
  return tableSection('By host group', {
    label: 'Use by host group',
    columns: [
      { label: 'Group', width: 4 },
      { label: 'Hosts using it', width: 3, align: 'right' },
      { label: 'Accounts', width: 2, align: 'right' },
      { label: 'Executions', width: 3, align: 'right' },
      { label: 'Last', whole: true, width: 2 },
    ],
    rows: groups.map(({ name, hosts, reporting, people, executions, lastDay }) => [
      name ?? 'no group',
      `${formatNumber(hosts)} of ${formatNumber(reporting)}`,
      formatNumber(people),
      formatNumber(executions),
      lastDay ?? 'never',
    ]),
    none: 'No host reports.',
  })
}

function needsSection(entry: BinaryHeader): ReportSection {
  const note = legitimateNeedsOf(entry.slug)
  const lines =
    note === null
      ? [entry.legitimateUse ?? 'No note is written on this binary.']
      : [
          ...note.needs.map((need) => `• ${need}`),
          `When it is blocked: ${lowerFirst(note.whenBlocked)}`,
          `Elsewhere, not measured here. Sources: ${note.sources.join(', ')}`,
        ]
  return { title: 'What is known to need it', parts: lines.map((text) => ({ kind: 'text', text })) }
}

function decisionsSection(decisions: readonly DecisionRow[]): ReportSection {
  return tableSection('Decisions', {
    label: 'Decisions on it',
    columns: [
      { label: 'No.', align: 'right' },
      { label: 'Verdict', width: 3 },
      { label: 'State', width: 2 },
      { label: 'Where', width: 4 },
      { label: 'Proposed', width: 4 },
      { label: 'Review', width: 2 },
    ],
    rows: decisions.map((one) => [
      String(one.id),
      VERDICT_WORDS[one.verdict].label,
      decisionLabel(one.state),
      one.where,
      `${one.proposedBy}, ${formatUtc(one.proposedAt).slice(0, 10)}`,
      one.reviewOn ?? 'not set',
    ]),
    none: 'Nobody decided on it yet.',
  })
}

function deviationsSection(deviations: readonly DeviationOfBinary[]): ReportSection {
  return tableSection('Deviations', {
    label: 'Deviations of it',
    columns: [
      { label: 'Bits', align: 'right' },
      { label: 'Pattern', width: 8, code: true },
      { label: 'Hosts', align: 'right' },
      { label: 'State', width: 2 },
    ],
    rows: deviations.map((one) => [
      one.scoreMillibits === null ? '–' : (one.scoreMillibits / 1000).toFixed(1),
      cut(one.title),
      formatNumber(one.hosts),
      one.state,
    ]),
    none: 'None is open, flagged or malicious, and none that was explained is seen again.',
  })
}
