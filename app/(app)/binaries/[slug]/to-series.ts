import type { Series } from '@/components/chart/use-over-time'
import type { GroupSeries } from '@/lib/store/screens/binary/totals'

const MAX_SERIES = 5

/** As many groups as read well in one chart, the rest as one. */
export function toSeries(groups: readonly GroupSeries[]): Series[] {
  if (groups.length <= MAX_SERIES) return [...groups]
  const rest = groups.slice(MAX_SERIES - 1)
  const summed = (rest[0]?.values ?? []).map((_, day) =>
    rest.reduce((sum, { values }) => sum + (values[day] ?? 0), 0),
  )
  return [...groups.slice(0, MAX_SERIES - 1), { name: `${rest.length} other groups`, values: summed }]
}
