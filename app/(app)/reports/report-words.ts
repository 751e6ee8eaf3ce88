import { workWords } from '@/app/(app)/overview/work-words'
import { formatMinute } from '@/components/ui/time-format'
import type { Scope } from '@/lib/pipeline/actor'
import type { ReportPart, ReportSection } from '@/lib/pipeline/export/report/report'
import type { PendingWork } from '@/lib/store/screens/overview/work'

const MOST_CHARACTERS = 300

/** As of when, and whether it speaks of all hosts. */
export function asOf(now: Date, scope: Scope): string {
  const hosts = scope.kind === 'all' ? 'All hosts.' : 'Only the host groups that its reader may see.'
  return `As of ${formatMinute(now.getTime() * 1000)}. ${hosts}`
}

/** Said where counts are a while old: `at` as of Remembered. */
export function countedAt(at: number | null): string[] {
  return at === null ? [] : [`Counted at ${formatMinute(at)}; what came since is being added.`]
}

/** Said where what is reported is not final. */
export function stillChanging(work: PendingWork): string[] {
  const words = workWords(work)
  return words === null ? [] : [`${words}: these figures still change.`]
}

/** In place of a report that nothing is known for. */
export const NO_TELEMETRY: ReportSection = {
  title: 'No telemetry yet',
  parts: [
    {
      kind: 'text',
      text: 'Nothing was imported: load logs on the Imports page, or point a shipper at Cordon.',
    },
  ],
}

/** Text as long as a row bears; the whole is on its page. */
export function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)} …`
}

type Table = Omit<Extract<ReportPart, { kind: 'table' }>, 'kind'>

/** A section that is one table. */
export function tableSection(title: string, table: Table): ReportSection {
  return { title, parts: [{ kind: 'table', ...table }] }
}

/** A chart's points: a value for each day. */
export function byDay(
  days: readonly string[],
  values: readonly number[],
): { label: string; value: number }[] {
  return days.map((label, index) => ({ label, value: values[index] ?? 0 }))
}
