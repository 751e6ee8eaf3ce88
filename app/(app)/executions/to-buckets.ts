import type { Bucket } from './timeline'

const DAY_MS = 86_400_000
/** More bars than this are too thin to hit. */
const MAX_BARS = 100
const WIDTHS = [1, 7, 30, 91, 365, 3650]

/** Counts by day as at most about a hundred bars of equal length without gaps, oldest first. */
export function toBuckets(days: readonly { day: string; executions: number }[]): Bucket[] {
  const first = days[0]?.day
  const last = days.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const start = Date.parse(first)
  const span = (Date.parse(last) - start) / DAY_MS + 1
  const width = WIDTHS.find((days) => span / days <= MAX_BARS) ?? Math.ceil(span / MAX_BARS)
  const buckets = Array.from({ length: Math.ceil(span / width) }, (_, index) => ({
    from: toDay(start + index * width * DAY_MS),
    to: toDay(start + ((index + 1) * width - 1) * DAY_MS),
    executions: 0,
  }))
  for (const { day, executions } of days) {
    const bucket = buckets[Math.floor((Date.parse(day) - start) / DAY_MS / width)]
    if (bucket) bucket.executions += executions
  }
  return buckets
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
