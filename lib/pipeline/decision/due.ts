import { addDays, daysBetween } from '@/lib/pipeline/days'
import type { BlockException } from './block'
import { counted } from './counted'
import type { DecisionState } from './states'

/** Days before its day that something is warned of. */
export const WARN_DAYS = 14

export type Due = {
  kind: 'review' | 'expiry' | 'exception' | 'lapse'
  /** 'YYYY-MM-DD' */
  on: string
  /** Until then; negative = overdue. */
  days: number
  words: string
}

export type DueInput = {
  state: DecisionState
  reviewOn: string | null
  expiresOn: string | null
  /** The day on which an emergency lapses. */
  lapsesOn: string | null
  exceptions: readonly BlockException[]
}

/** What of a decision ends or is to be looked at within WARN_DAYS, or should have been; the soonest first. `today`: 'YYYY-MM-DD'. */
export function dueOf({ state, reviewOn, expiresOn, lapsesOn, exceptions }: DueInput, today: string): Due[] {
  if (state === 'emergency') return lapsesOn === null ? [] : [due('lapse', lapsesOn, today)]
  if (state !== 'approved' && state !== 'enforced') return []
  const all = [
    ...(reviewOn === null ? [] : [due('review', reviewOn, today)]),
    ...(expiresOn === null ? [] : [due('expiry', expiresOn, today)]),
    // an exception that is over is history; the last day of one is the day to act on
    ...exceptions.flatMap(({ until }) =>
      until === null || until < today ? [] : [due('exception', until, today)],
    ),
  ]
  return all.filter(({ days }) => days <= WARN_DAYS).sort((a, b) => a.days - b.days)
}

function due(kind: Due['kind'], on: string, today: string): Due {
  const days = daysBetween(today, on)
  return { kind, on, days, words: wordsOf(kind, on, days) }
}

function wordsOf(kind: Due['kind'], on: string, days: number): string {
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `on ${on}`
  switch (kind) {
    case 'review':
      return days < 0 ? `Its review is ${counted(-days, 'day')} overdue` : `To be reviewed ${when}`
    case 'expiry':
      return days < 0 ? `It ended on ${on}` : `Ends ${when}`
    case 'exception':
      return `An exception ends ${when}`
    case 'lapse':
      return `Lapses ${when} unless a manager approves it`
  }
}

/** How many days before its day people are told of something; 0 = on it, for what has no end of its own to be told of. */
const WARNED_AT: Readonly<Record<Due['kind'], readonly number[]>> = {
  review: [0, 3, WARN_DAYS],
  expiry: [3, WARN_DAYS],
  exception: [3, WARN_DAYS],
  // it holds for three days, and was told of when it began
  lapse: [1],
}

/** Something to tell people of, once: `key` names it within its decision. */
export type Warning = Due & { key: string }

/** What of a decision people are to be told of by `today`: of each thing the nearest distance alone, however late the worker comes. */
export function warningsOf(input: DueInput, today: string): Warning[] {
  const warnings = dueOf(input, today).flatMap((one): Warning[] => {
    const at = WARNED_AT[one.kind].find((days) => one.days <= days)
    return at === undefined ? [] : [{ ...one, key: `${one.kind}:${one.on}:${at}` }]
  })
  return [...new Map(warnings.map((warning) => [warning.key, warning])).values()]
}

/** Whether a decision is over by itself. `now`: milliseconds since 1970; expiresOn is its last day, in UTC. */
export function isOver(
  {
    state,
    expiresOn,
    lapsesAtMs,
  }: { state: DecisionState; expiresOn: string | null; lapsesAtMs: number | null },
  now: number,
): boolean {
  if (state === 'emergency') return lapsesAtMs !== null && now >= lapsesAtMs
  if (state !== 'approved' && state !== 'enforced') return false
  return expiresOn !== null && now >= Date.parse(addDays(expiresOn, 1))
}
