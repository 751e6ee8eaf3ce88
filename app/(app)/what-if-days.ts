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
