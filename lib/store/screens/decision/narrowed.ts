import { today as currentDay } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { problemOfNarrowing, ringsWithHosts } from '@/lib/pipeline/decision/narrowing'
import { loadScopesToday } from '@/lib/store/host-identity'
import { pool } from '@/lib/store/pool'
import { loadFleet, rolloutHosts } from '@/lib/store/rollout-hosts'
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

/** Names of the rings that an approval for some places alone would leave no host, and drop. */
export async function listDroppedRings(
  scope: Scope,
  judge: Judge | null,
  id: number,
  narrowed: DecisionScope,
): Promise<string[]> {
  const decision = await findDecision(scope, id, judge)
  if (!decision?.visible) return []
  const rings = decision.rings.map(({ name, groups }) => ({
    name,
    groupIds: groups.map((group) => group.id),
  }))
  const places = { scope: narrowed, exceptions: decision.exceptions }
  const hosts = rolloutHosts(await loadFleet(pool()), places, currentDay())
  return ringsWithHosts(rings, hosts).emptied.map(({ name }) => name)
}

/** Names of the places in sight that a decision was proposed for and does not hold in. */
export async function listLeftOut(
  sight: Scope,
  proposed: DecisionScope,
  narrowed: DecisionScope,
): Promise<string[]> {
  if (narrowed.kind === 'fleet') return []
  if (proposed.kind === 'fleet' && narrowed.kind === 'hosts') return ['all other hosts']
  const isKept = (id: number) => narrowed.ids.includes(id)
  if (proposed.kind === 'hosts') {
    const choices = await listHostNames(
      sight,
      proposed.ids.filter((id) => !isKept(id)),
    )
    return choices.map(({ name }) => name)
  }
  const groups = (await listGroupChoices(sight)).filter(
    ({ id }) => !isKept(id) && (proposed.kind === 'fleet' || proposed.ids.includes(id)),
  )
  const ungrouped = proposed.kind === 'fleet' && sight.kind === 'all' ? ['hosts in no group'] : []
  return [...groups.map(({ name }) => name), ...ungrouped]
}

const NAMED = 10

/** 'Kiosks, Tills and 3 more' */
export function leftOutWords(names: readonly string[]): string {
  const more = names.length - NAMED
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ')
}
