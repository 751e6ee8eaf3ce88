import {
  BLOCK_EFFECTS,
  type BlockEffect,
  type BlockException,
  type Control,
  type DecisionScope,
} from './block'
import { CONTROL_FACTS } from './controls'
import type { RingPlan } from './rings'
import type { Verdict } from './states'

/** What each verdict may do to a binary; nothing where it stays allowed. */
export const EFFECTS_OF: Readonly<Record<Verdict, readonly BlockEffect[]>> = {
  'safe-to-block': ['execution'],
  restrict: ['execution', 'network'],
  disable: ['remove', 'reassociate'],
  required: [],
  emergency: BLOCK_EFFECTS,
}

/** Days until a decision is looked at again, unless somebody says otherwise. */
export const REVIEW_DAYS = 180
/** The same for an emergency block that was approved: nobody looked at who needs the binary. */
export const EMERGENCY_REVIEW_DAYS = 30

/** What a decision says, as its author writes it; a draft may still lack what a proposal needs. */
export type DecisionTerms = {
  verdict: Verdict
  /** null = the binary stays allowed. */
  effect: BlockEffect | null
  control: Control | null
  scope: DecisionScope
  exceptions: BlockException[]
  rings: RingPlan
  justification: string
  /** Account that answers for it; null = its author. */
  ownerId: string | null
  /** The day it is looked at again, 'YYYY-MM-DD'. */
  reviewOn: string | null
  /** The last day that it holds; null = until it is reviewed. */
  expiresOn: string | null
  /** Of the change, in whatever system it is kept. */
  ticket: string | null
}

/** Why terms cannot be proposed as they are, most important first; none = they can. `today`: 'YYYY-MM-DD'. */
export function problemsOf(terms: DecisionTerms, today: string): string[] {
  return [...problemsOfVerdict(terms), ...problemsOfDays(terms, today), ...problemsOfExceptions(terms, today)]
}

function problemsOfVerdict({ verdict, effect, control, exceptions, justification }: DecisionTerms): string[] {
  const problems: string[] = []
  if (justification === '') problems.push('Say why: a manager decides on it.')
  if (verdict === 'emergency') return ['Choose a verdict: an emergency block is none.', ...problems]
  if (verdict === 'required') {
    if (effect !== null || control !== null || exceptions.length > 0)
      problems.push('What stays allowed has no effect, control or exceptions.')
    return problems
  }
  if (effect === null || !EFFECTS_OF[verdict].includes(effect))
    problems.push('Choose what the block does to the binary.')
  if (control === null || (effect !== null && !CONTROL_FACTS[control].effects.includes(effect)))
    problems.push('Choose a control that can carry it out.')
  if (verdict === 'safe-to-block' && exceptions.length > 0)
    problems.push('A block with exceptions is a restriction: choose “Restrict”.')
  if (verdict === 'restrict' && effect === 'execution' && exceptions.length === 0)
    problems.push('A restriction spares something: add an exception, or block the network only.')
  return problems
}

/** What keeps a manager from ending a decision on a day: an approval shortens what was proposed, it adds nothing. Days are 'YYYY-MM-DD'. */
export function problemOfLastDay(lastDay: string, proposed: string | null, today: string): string | null {
  if (lastDay < today) return OVER_AT_ONCE
  if (proposed !== null && lastDay > proposed)
    return `It was proposed to end on ${proposed}: an approval can only end it earlier.`
  return null
}

const OVER_AT_ONCE = 'It would be over before it begins.'

function problemsOfDays({ reviewOn, expiresOn }: DecisionTerms, today: string): string[] {
  const problems: string[] = []
  if (reviewOn === null) problems.push('Give the day on which it is looked at again.')
  else if (reviewOn <= today) problems.push('The review is to be on a day that is still to come.')
  if (expiresOn !== null && expiresOn < today) problems.push(OVER_AT_ONCE)
  return problems
}

function problemsOfExceptions({ exceptions }: DecisionTerms, today: string): string[] {
  return exceptions.flatMap((exception) => [
    ...(exception.reason.trim() === '' ? ['Say of each exception why it is spared.'] : []),
    ...(exception.until !== null && exception.until < today
      ? ['An exception ends on a day that is over.']
      : []),
  ])
}

/** Exceptions that hold on a day: the last day is included. */
export function exceptionsOn(exceptions: readonly BlockException[], day: string): BlockException[] {
  return exceptions.filter(({ until }) => until === null || day <= until)
}

/**
 * Approvals that a decision takes. `twoForFleet`: the administrator asks two managers about what concerns the whole fleet, which is more than half of its
 * hosts, however they are named: `ofFleet`.
 */
export function approvalsNeeded(
  { verdict, ofFleet }: { verdict: Verdict; ofFleet: boolean },
  twoForFleet: boolean,
): number {
  return twoForFleet && verdict !== 'required' && ofFleet ? 2 : 1
}
