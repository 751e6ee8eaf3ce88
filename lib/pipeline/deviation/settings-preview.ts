/** A triage item on a day: the highest score that any host reached with it. */
export type ItemDay = {
  /** Days since 1970. */
  day: number
  /** deviationId */
  item: string
  slug: string
  title: string
  scoreMillibits: number
}

/** An item under the settings in force and under those to be previewed; null = it is none. */
export type PreviewedItem = {
  item: string
  slug: string
  title: string
  before: number | null
  after: number | null
}

export type SettingsEffect = {
  /** New items on each day of the window, oldest day first. */
  newBefore: number[]
  newAfter: number[]
  /** Items over all that was scored. */
  itemsBefore: number
  itemsAfter: number
  /** The highest scores first, at most MAX_LISTED. */
  appearing: PreviewedItem[]
  vanishing: PreviewedItem[]
  /** Those whose score moves most. */
  moving: PreviewedItem[]
  /** How many of each there are, listed or not. */
  counts: { appearing: number; vanishing: number; moving: number }
}

const MAX_LISTED = 10

type Known = { slug: string; title: string; highest: number; firstDay: number }

function byItem(days: readonly ItemDay[], least: number): Map<string, Known> {
  const items = new Map<string, Known>()
  for (const { day, item, slug, title, scoreMillibits } of days) {
    if (scoreMillibits < least) continue
    const known = items.get(item)
    items.set(item, {
      slug,
      title,
      highest: Math.max(known?.highest ?? 0, scoreMillibits),
      firstDay: Math.min(known?.firstDay ?? day, day),
    })
  }
  return items
}

function newByDay(items: ReadonlyMap<string, Known>, window: { from: number; to: number }): number[] {
  const counts = Array.from({ length: Math.max(0, window.to - window.from + 1) }, () => 0)
  for (const { firstDay } of items.values()) {
    const at = firstDay - window.from
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

/**
 * What other settings would do to the queue: both sides scored over the same days. An item is new on the first day on which it is shown.
 * `window`: the days to count new items on, both included, days since 1970. `least`: millibits from which items are shown.
 */
export function compareItems(
  before: readonly ItemDay[],
  after: readonly ItemDay[],
  window: { from: number; to: number },
  least: number,
): SettingsEffect {
  const [old, fresh] = [byItem(before, least), byItem(after, least)]
  const both = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((item): PreviewedItem[] => {
    const [was, is] = [old.get(item), fresh.get(item)]
    const known = is ?? was
    if (known === undefined) return []
    const { slug, title } = known
    return [{ item, slug, title, before: was?.highest ?? null, after: is?.highest ?? null }]
  })
  const appearing = both.filter((one) => one.before === null)
  const vanishing = both.filter((one) => one.after === null)
  const moving = both.filter(({ before: was, after: is }) => was !== null && is !== null && was !== is)
  const first = (items: readonly PreviewedItem[], weight: (one: PreviewedItem) => number) =>
    items.toSorted((a, b) => weight(b) - weight(a) || (a.item < b.item ? -1 : 1)).slice(0, MAX_LISTED)
  return {
    newBefore: newByDay(old, window),
    newAfter: newByDay(fresh, window),
    itemsBefore: old.size,
    itemsAfter: fresh.size,
    appearing: first(appearing, (one) => one.after ?? 0),
    vanishing: first(vanishing, (one) => one.before ?? 0),
    moving: first(moving, (one) => Math.abs((one.after ?? 0) - (one.before ?? 0))),
    counts: { appearing: appearing.length, vanishing: vanishing.length, moving: moving.length },
  }
}
