import { today as currentDay } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import {
  problemOfNarrowing,
  problemOfRollout,
  type Rollout,
  ringsWithHosts,
} from '@/lib/pipeline/decision/narrowing'
import { BlockExceptionSchema } from '@/lib/pipeline/decision/schemas'
import { normalScope, scopeNow } from '@/lib/pipeline/decision/scope'
import type { Verdict } from '@/lib/pipeline/decision/states'
import { type DecisionWithRings, isAnyGone } from '@/lib/store/decisions'
import { pool } from '@/lib/store/pool'
import { type Fleet, loadFleet, rolloutHosts } from '@/lib/store/rollout-hosts'
import { leftOutWords, listLeftOut } from '@/lib/store/screens/decision/narrowed'
import { evidenceFor } from './evidence-for'

/** The places that an approval leaves a decision, with what is known of the binary there. */
export type Narrowed = {
  scope: DecisionScope
  evidence: Evidence
  fleet: Fleet
  /** Where it does not hold any more, in words. */
  leftOut: string
}

/** Read before the transaction that uses it, as evidence is. @throws ExpectedError 'not-found', or 'invalid-input' where one of the places is gone */
export async function readNarrowed(id: number, submitted: DecisionScope): Promise<Narrowed> {
  const scope = normalScope(submitted)
  if (await isAnyGone(pool(), scope)) throw new ExpectedError('invalid-input', GONE)
  const [{ evidence, scope: proposed }, fleet] = await Promise.all([
    evidenceFor(id, scope),
    loadFleet(pool()),
  ])
  const leftOut = await listLeftOut({ kind: 'all' }, proposed, scope)
  return { scope, evidence, fleet, leftOut: leftOutWords(leftOut) }
}

const GONE = 'One of these places is gone meanwhile: look again where it is to hold.'

/** What is left of the rollout there. @throws ExpectedError 'invalid-input' where it is not what was proposed with places taken away */
export function narrowedRollout(
  decision: DecisionWithRings,
  { scope: narrowed, fleet }: Narrowed,
): Rollout<DecisionWithRings['rings'][number]> {
  const scope = decision.scope as DecisionScope
  const exceptions = BlockExceptionSchema.array().parse(decision.exceptions)
  const [before, after] = [
    rolloutHosts(fleet, { scope, exceptions }, currentDay()),
    rolloutHosts(fleet, { scope: narrowed, exceptions }, currentDay()),
  ]
  const problem =
    problemOfNarrowing(
      { verdict: decision.verdict as Verdict, scope: scopeNow(scope, fleet.hostNow) },
      scopeNow(narrowed, fleet.hostNow),
      fleet.hosts,
    ) ?? problemOfRollout(decision.rings, before, after)
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
  return ringsWithHosts(decision.rings, after)
}
