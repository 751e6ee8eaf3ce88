import type { DecisionScope } from './block'
import type { RingState } from './rings'
import { covers } from './scope'
import type { DecisionState, Verdict } from './states'

/** A decision that stands. `decidedAt`: milliseconds since 1970. */
export type Standing = { state: DecisionState; scope: DecisionScope; decidedAt: number }
export type Successor = Standing & { verdict: Verdict; rings: readonly { state: RingState }[] }

/** Whether a decision was approved to take the place of another one on the same binary: for all of its hosts, and after it. */
export function succeeds(successor: Standing, other: Standing): boolean {
  return successor.decidedAt >= other.decidedAt && covers(successor.scope, other.scope)
}

/**
 * Whether it takes that place now. What is enforced goes on until its successor is enforced on all of its rings, so that no host is open in between; a
 * binary that turns out to be required is free at once.
 */
export function replaces(successor: Successor, other: Standing): boolean {
  if (!succeeds(successor, other)) return false
  return (
    other.state !== 'enforced' ||
    successor.verdict === 'required' ||
    successor.rings.every(({ state }) => state === 'enforced')
  )
}
