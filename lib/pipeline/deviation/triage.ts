import type { RulingEffect } from './ruling'

export const TRIAGE_STATES = ['open', 'flagged', 'expected', 'authorised-test', 'malicious'] as const
export type TriageState = (typeof TRIAGE_STATES)[number]

/**
 * Where a deviation may go. Judged ones go back to open or flagged before they are judged otherwise, so that one ruling at a time stands;
 * expected and test may be said again, for uses that the rulings so far do not explain.
 */
const MOVES: Readonly<Record<TriageState, readonly TriageState[]>> = {
  open: ['flagged', 'expected', 'authorised-test', 'malicious'],
  flagged: ['open', 'expected', 'authorised-test', 'malicious'],
  expected: ['open', 'flagged', 'expected'],
  'authorised-test': ['open', 'flagged', 'authorised-test'],
  malicious: ['open', 'flagged'],
}

/** What a state teaches; null = nothing, and what was taught before is taken back. */
const EFFECTS: Readonly<Record<TriageState, RulingEffect | null>> = {
  open: null,
  flagged: null,
  expected: 'expected',
  'authorised-test': 'test',
  malicious: 'malicious',
}

export function mayMoveTo(from: TriageState, to: TriageState): boolean {
  return MOVES[from].includes(to)
}

export function effectOfState(state: TriageState): RulingEffect | null {
  return EFFECTS[state]
}

/** Whether a text is a state; the column is only written from TRIAGE_STATES. */
export function isTriageState(text: string): text is TriageState {
  return TRIAGE_STATES.some((state) => state === text)
}
