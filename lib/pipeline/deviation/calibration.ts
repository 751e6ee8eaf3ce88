import { CALIBRATION_DAYS_MIN, DEVIATION_FLOOR_MILLIBITS } from './weights'

/** An item's highest score of a day, over all hosts. One pattern of one binary is one item, however many hosts it comes from. */
export type DailyItem = {
  /** Days since 1970. */
  day: number
  /** Any stable key of the item (deviationId). */
  item: string
  scoreMillibits: number
}

export type CalibrationInput = {
  /** Items that nobody has judged, of the recent days and of as many before them as say whether an item is new. Any order. */
  items: readonly DailyItem[]
  /**
   * The recent days to learn from: those that were reported on, and on which nothing was flagged, judged malicious or marked as an incident.
   * Days without any item count too.
   */
  quietDays: ReadonlySet<number>
  /** New items that the team wants to see in a day, over the whole fleet: ≥ 0, fractions allowed. */
  itemsPerDay: number
  /** In force so far. */
  thresholdMillibits: number
}

export type Calibration = {
  /** To be in force from now on: never above the one so far, never below the floor of what counts as a deviation. */
  thresholdMillibits: number
  /** New items a day at it, judging by the quiet days; null = too few of them to say. */
  expectedPerDay: number | null
  /** A higher threshold that would keep to what was asked; only a person may put it in force. null = none is needed. */
  proposal: { thresholdMillibits: number; expectedPerDay: number } | null
}

/** Thresholds above `above` and up to `upTo` at which an item is new on one of the quiet days. */
type Newness = { above: number; upTo: number }

function compareDays(a: DailyItem, b: DailyItem): number {
  return a.day - b.day || a.scoreMillibits - b.scoreMillibits
}

/** An item is new on the day on which it first reaches the threshold: for lower thresholds that was an earlier day. */
function newnessOf(items: readonly DailyItem[], quietDays: ReadonlySet<number>): Newness[] {
  const reached = new Map<string, number>()
  return items.toSorted(compareDays).flatMap(({ day, item, scoreMillibits }) => {
    const above = reached.get(item) ?? 0
    if (scoreMillibits <= above) return []
    reached.set(item, scoreMillibits)
    return quietDays.has(day) ? [{ above, upTo: scoreMillibits }] : []
  })
}

function countNew(newness: readonly Newness[], threshold: number): number {
  return newness.filter(({ above, upTo }) => above < threshold && threshold <= upTo).length
}

/**
 * The lowest threshold, from the floor up, at which and above which no more than `allowed` items are new.
 * Counts change at the ends of the spans only, so only those are tried.
 */
function honouringThreshold(newness: readonly Newness[], allowed: number): number {
  const changes = new Map<number, number>()
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by)
  for (const { above, upTo } of newness) {
    change(upTo, 1)
    change(above, -1)
  }
  let count = 0
  for (const at of [...changes.keys()].sort((a, b) => b - a)) {
    if (at < DEVIATION_FLOOR_MILLIBITS) return DEVIATION_FLOOR_MILLIBITS
    count += changes.get(at) ?? 0
    // at `at` itself there would be too many: the next millibit is the lowest that is not
    if (count > allowed) return at + 1
  }
  return DEVIATION_FLOOR_MILLIBITS
}

/**
 * The threshold that shows a team what it asked for: the quantile of the scores of recent quiet days. It falls by itself when there is less to see
 * than was asked for; it never rises by itself, least of all while an intruder makes noise: then it proposes. It selects what people see and
 * must never feed scores or trust.
 */
export function calibrate({
  items,
  quietDays,
  itemsPerDay,
  thresholdMillibits,
}: CalibrationInput): Calibration {
  const inForce = Math.max(thresholdMillibits, DEVIATION_FLOOR_MILLIBITS)
  if (quietDays.size < CALIBRATION_DAYS_MIN)
    return { thresholdMillibits: inForce, expectedPerDay: null, proposal: null }
  const newness = newnessOf(items, quietDays)
  const expectedAt = (threshold: number) => countNew(newness, threshold) / quietDays.size
  const honouring = honouringThreshold(newness, Math.max(0, itemsPerDay) * quietDays.size)
  const next = Math.min(inForce, honouring)
  return {
    thresholdMillibits: next,
    expectedPerDay: expectedAt(next),
    proposal:
      honouring > inForce ? { thresholdMillibits: honouring, expectedPerDay: expectedAt(honouring) } : null,
  }
}
