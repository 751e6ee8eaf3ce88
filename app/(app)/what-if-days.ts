import type { Series } from '@/components/chart/use-over-time'
import type { DataWindow } from '@/lib/store/screens/data-window'
import type { DayOfReplay } from '@/lib/store/screens/what-if/load-by-day'

/** Days of a replay that a chart has, and how many executions lie before and after them. */
export type DrawnDays = { window: DataWindow; before: number; after: number }

/** The days on which most hosts report, so that a log from years ago leaves room for them; all there are, where nothing ran on those. */
export function chooseDays(replayed: readonly DayOfReplay[], common: DataWindow, all: DataWindow): DrawnDays {
  const executionsWhere = (holds: (day: string) => boolean) =>
    replayed.reduce((sum, { day, executions }) => (holds(day) ? sum + executions : sum), 0)
  if (executionsWhere((day) => common.from <= day && day <= common.to) === 0)
    return { window: all, before: 0, after: 0 }
  return {
    window: common,
    before: executionsWhere((day) => day < common.from),
    after: executionsWhere((day) => day > common.to),
  }
}

/** What a block does to the executions of each of `days`, 'YYYY-MM-DD'; what cannot be judged is a series where there is any. */
export function seriesOf(replayed: readonly DayOfReplay[], days: readonly string[]): Series[] {
  const byDay = new Map(replayed.map((day) => [day.day, day]))
  const valuesOf = (count: (day: DayOfReplay) => number) =>
    days.map((day) => {
      const found = byDay.get(day)
      return found === undefined ? 0 : count(found)
    })
  const unknown = valuesOf((day) => day.unknown)
  return [
    { name: 'Interrupted', emphasis: true, values: valuesOf(({ interrupted }) => interrupted) },
    { name: 'Goes on', values: valuesOf((day) => day.executions - day.interrupted - day.unknown) },
    ...(unknown.some((count) => count > 0) ? [{ name: 'Cannot be judged', values: unknown }] : []),
  ]
}
