import { ExpectedError } from '@/lib/errors'
import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { problemOfNarrowing } from '@/lib/pipeline/decision/narrowing'
import { loadScopesToday } from '@/lib/store/host-identity'
import { pool } from '@/lib/store/pool'
import { type DecisionRow, findDecision } from '../decisions'
import { listGroupChoices } from '../host-groups'
import type { ReplayedBlock } from '../what-if/load-what-if'
import type { Judge } from './awaiting'
import { type Choice, listHostNames } from './form'
import { loadInterruption } from './interruption'

/**
 * A decision's block, replayed where an approval would leave it; null = it blocks nothing, or nothing is stored.
 * @throws ExpectedError 'not-found' or 'invalid-input'
 */
export async function loadNarrowedReplay(
  scope: Scope,
  judge: Judge | null,
  id: number,
  narrowed: DecisionScope,
): Promise<ReplayedBlock | null> {
  const decision = await findDecision(scope, id, judge)
  if (!decision?.visible) throw new ExpectedError('not-found', 'There is no such decision.')
  const today = await loadScopesToday(pool())
  const proposed = { verdict: decision.verdict, scope: today(decision.scope) }
  const problem = problemOfNarrowing(proposed, today(narrowed))
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
  return (await loadInterruption({ ...decision, scope: narrowed }, scope))?.replayed ?? null
}

/** The places among which an approval may choose some. */
export type Narrowable = { kind: 'groups' | 'hosts'; choices: Choice[] }

/** null = there are none to choose among, or it may not be narrowed. */
export async function listNarrowable(
  scope: Scope,
  { visible, verdict, scope: submitted }: DecisionRow,
): Promise<Narrowable | null> {
  if (!visible || verdict === 'emergency') return null
  // hosts that became one are one place
  const proposed = (await loadScopesToday(pool()))(submitted)
  if (proposed.kind === 'hosts') {
    const choices = await listHostNames(scope, proposed.ids)
    return choices.length < 2 ? null : { kind: 'hosts', choices }
  }
  const groups = await listGroupChoices(scope)
  if (proposed.kind === 'fleet') return groups.length === 0 ? null : { kind: 'groups', choices: groups }
  const choices = groups.filter(({ id }) => proposed.ids.includes(id))
  return choices.length < 2 ? null : { kind: 'groups', choices }
}
