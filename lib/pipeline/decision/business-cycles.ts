import { counted } from './counted'

const DAY_MS = 86_400_000
const FRIDAY_TO_SUNDAY = [5, 6, 0]

/** How often a period saw the rhythms that work follows: whole weeks, and last days of months, quarters and years. */
export type BusinessCycles = {
  days: number
  weeks: number
  monthEnds: number
  quarterEnds: number
  yearEnds: number
  /** Second Tuesdays of a month, when Windows is patched. */
  patchDays: number
}

/** Days, 'YYYY-MM-DD', both included. */
type Span = { from: string; to: string }

/** Cycles of a period, without spans of it in which nothing reported. A month's end counts once its last working day and the day after it are inside. */
export function cyclesIn({ from, to }: Span, silent: readonly Span[] = []): BusinessCycles {
  const unseen = new Set(silent.flatMap((span) => daysBetween(span.from, span.to)))
  const days = daysBetween(from, to).filter((day) => !unseen.has(day))
  const ends = days.filter((day) => isLastWorkingDay(day) && addDay(day) <= (days.at(-1) ?? day))
  const month = (day: number) => new Date(day).getUTCMonth()
  return {
    days: days.length,
    weeks: Math.floor(days.length / 7),
    monthEnds: ends.length,
    quarterEnds: ends.filter((day) => month(day) % 3 === 2).length,
    yearEnds: ends.filter((day) => month(day) === 11).length,
    patchDays: days.filter(isPatchDay).length,
  }
}

function daysBetween(from: string, to: string): number[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)]
  return Array.from({ length: Math.max(0, (last - first) / DAY_MS + 1) }, (_, at) => first + at * DAY_MS)
}

function addDay(day: number): number {
  return day + DAY_MS
}

/** A working day after which no other one follows in its month. */
function isLastWorkingDay(day: number): boolean {
  const date = new Date(day)
  const weekday = date.getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0))
  const rest = lastOfMonth.getUTCDate() - date.getUTCDate()
  const weekend = FRIDAY_TO_SUNDAY.indexOf(lastOfMonth.getUTCDay())
  return rest === Math.max(0, weekend)
}

function isPatchDay(day: number): boolean {
  const date = new Date(day)
  return date.getUTCDay() === 2 && date.getUTCDate() >= 8 && date.getUTCDate() <= 14
}

/** 'Covers 25 weeks, 6 month-ends and 2 quarter-ends; no year-end.' */
export function cycleWords(cycles: BusinessCycles): string {
  const rhythms = [
    [cycles.weeks, 'week', 'no whole week'],
    [cycles.patchDays, 'patch day', 'no patch day'],
    [cycles.monthEnds, 'month-end', 'no month-end'],
    [cycles.quarterEnds, 'quarter-end', 'no quarter-end'],
    [cycles.yearEnds, 'year-end', 'no year-end'],
  ] as const
  const seen = rhythms.flatMap(([count, word]) => (count === 0 ? [] : [counted(count, word)]))
  const missing = rhythms.flatMap(([count, , none]) => (count === 0 ? [none] : []))
  return [seen.length > 0 && `Covers ${listed(seen)}`, missing.length > 0 && listed(missing)]
    .filter((part) => part !== false)
    .join('; ')
    .replace(/^n/, 'N')
    .concat('.')
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
