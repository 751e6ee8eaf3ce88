import { triageLabel } from '@/components/state/state-badge'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { formatUtc } from '@/components/ui/time-format'
import type { Scope } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import type { Report, ReportSection } from '@/lib/pipeline/export/report/report'
import { type DataWindow, findDataSpan } from '@/lib/store/screens/data-window'
import { toDay } from '@/lib/store/screens/moment'
import { readTrends, type Trends } from '@/lib/store/screens/overview/deviations'
import { findPendingWork } from '@/lib/store/screens/overview/work'
import { countJudgedIn, listNewDeviations, type NewDeviation } from '@/lib/store/screens/reports/week'
import { asOf, byDay, cut, NO_TELEMETRY, stillChanging } from './report-words'

const DAYS = 7

/** A week's deviations: what was new, and what was judged. `from`: its first day; the last week of data where it names none. */
export async function loadWeekReport(scope: Scope, now: Date, from: string | undefined): Promise<Report> {
  const title = 'Deviations of a week'
  const span = await findDataSpan(scope)
  if (span === null) return { title, lines: [asOf(now, scope)], sections: [NO_TELEMETRY] }
  const window = reportedWeek(span, from)
  const [found, judged, trends, work] = await Promise.all([
    listNewDeviations(scope, window),
    countJudgedIn(scope, window),
    readTrends(scope, window),
    findPendingWork({ scope, actorId: null }),
  ])
  return {
    title: `${title}: ${window.from} to ${window.to}`,
    lines: [asOf(now, scope), `Telemetry reaches from ${span.from} to ${span.to}.`, ...stillChanging(work)],
    sections: [
      summarySection(found, judged, trends),
      { title: 'First seen this week', parts: [newTable(found.rows, found.total)] },
    ],
  }
}

/** The week that is asked for, or the last of the data. */
function reportedWeek(span: DataWindow, from: string | undefined): DataWindow {
  return weekFrom(toDay(from) ?? addDays(span.to, 1 - DAYS))
}

/** The first day of the week that is reported; null where there are no data. */
export async function findWeekStart(scope: Scope, from: string | undefined): Promise<string | null> {
  const span = await findDataSpan(scope)
  return span && reportedWeek(span, from).from
}

/** The seven days that begin with one. */
export function weekFrom(from: string): DataWindow {
  return { from, to: addDays(from, DAYS - 1) }
}

function summarySection(
  found: { total: number; judged: number },
  judged: readonly { state: string; items: number }[],
  { days, executions, newDeviations }: Trends,
): ReportSection {
  const sum = judged.reduce((all, { items }) => all + items, 0)
  const states = judged
    .map(({ state, items }) => `${formatNumber(items)} ${triageLabel(state).toLowerCase()}`)
    .join(', ')
  return {
    title: 'In short',
    parts: [
      {
        kind: 'figures',
        figures: [
          { label: 'deviations first seen', value: formatNumber(found.total) },
          { label: 'of these judged by now', value: formatNumber(found.judged) },
          { label: 'judged in the week', value: formatNumber(sum) },
          { label: 'executions', value: formatNumber(executions.reduce((all, count) => all + count, 0)) },
        ],
      },
      {
        kind: 'text',
        text: `${sum === 0 ? 'Nobody judged a deviation in this week.' : `What was judged in this week stands as: ${states}.`} What is first seen counts by the time of its events, what is judged by the day on which somebody did it: logs that are imported later are judged in a later week.`,
      },
      {
        kind: 'bars',
        title: 'Deviations first seen, by day',
        points: byDay(days, newDeviations),
      },
    ],
  }
}

function newTable(found: readonly NewDeviation[], total: number) {
  const more =
    total > found.length ? ` The ${formatNumber(found.length)} with the highest scores are listed.` : ''
  return {
    kind: 'table' as const,
    label: `Deviations first seen this week.${more}`,
    columns: [
      { label: 'Bits', align: 'right' as const, width: 2 },
      { label: 'Binary', width: 4 },
      { label: 'Pattern', width: 9, code: true },
      { label: 'Where', width: 7 },
      { label: 'First seen (UTC)', whole: true, width: 5 },
      { label: 'State', width: 3 },
    ],
    rows: found.map((one) => [
      one.scoreMillibits === null ? '–' : (one.scoreMillibits / 1000).toFixed(1),
      one.binary,
      cut(one.title),
      `${one.onlyHost ?? countOf(one.hosts, 'host')}, ${countOf(one.executions, 'execution')}`,
      formatUtc(one.firstAt).slice(0, 16).replace(' ', '\u00a0'),
      triageLabel(one.state).toLowerCase(),
    ]),
    none: 'Nothing new deviated in this week.',
  }
}
