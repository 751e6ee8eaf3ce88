import { itemKey, type LabelledExecution } from './assess'
import type { Evaluation } from './evaluation'
import { groupBy } from './group-by'

/**
 * New distinct false deviations a host-day, by days since the fleet was connected: [from, until) → rate. An item is new on the first day on which
 * it reaches the threshold.
 */
export function newFalseByAge(
  { executions }: Evaluation,
  scores: readonly number[],
  threshold: number,
  spans: readonly (readonly [number, number])[],
): { from: number; until: number; items: number; hostDays: number }[] {
  const first = executions.reduce((least, { day }) => Math.min(least, day), Number.POSITIVE_INFINITY)
  const hostDays = new Map<string, number>()
  const indexed = executions.map((execution, index) => ({ execution, score: scores[index] ?? 0 }))
  for (const { execution } of indexed)
    hostDays.set(`${execution.host} ${execution.day}`, execution.day - first)
  const shown = [...groupBy(indexed, ({ execution }) => itemKey(execution)).values()].flatMap((found) => {
    if (found.some(({ execution }) => isMalicious(execution))) return []
    const days = found.filter(({ score }) => score >= threshold).map(({ execution }) => execution.day - first)
    return days.length === 0 ? [] : [Math.min(...days)]
  })
  const within = (from: number, until: number) => (age: number) => age >= from && age < until
  return spans.map(([from, until]) => ({
    from,
    until,
    items: shown.filter(within(from, until)).length,
    hostDays: [...hostDays.values()].filter(within(from, until)).length,
  }))
}

function isMalicious({ truths }: LabelledExecution): boolean {
  return truths.some(({ label }) => label === 'malicious')
}
