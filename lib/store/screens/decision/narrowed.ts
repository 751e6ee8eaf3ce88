import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { firstNames } from '@/lib/pipeline/decision/first-names'
import { problemOfNarrowing, ringsWithHosts } from '@/lib/pipeline/decision/narrowing'
import { MAX_HOSTS } from '@/lib/pipeline/decision/schemas'
import { scopeNow } from '@/lib/pipeline/decision/scope'
import { loadHostNow } from '@/lib/store/host-identity'
import { pool } from '@/lib/store/pool'
import { loadFleet, rolloutHosts } from '@/lib/store/rollout-hosts'
import { hostsOf, inScope } from '@/lib/store/scope'
import { findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { type DecisionRow, findDecision, ringPlanOf } from '../decisions'
import { listGroupChoices } from '../host-groups'
import type { ReplayedBlock } from '../what-if/load-what-if'
import type { Judge } from './awaiting'
import { type Choice, listHostNames } from './form'
import { loadInterruption } from './interruption'

/** `replayed`: its block; null = it blocks nothing, or nothing is stored. `dropped`: names of the rings that would have no host. */
export type NarrowedDecision = { replayed: ReplayedBlock | null; dropped: string[] }

/** A decision where an approval would leave it. @throws ExpectedError 'not-found' or 'invalid-input' */
export async function loadNarrowedDecision(
  scope: Scope,
  judge: Judge | null,
  id: number,
  narrowed: DecisionScope,
): Promise<NarrowedDecision> {
  const [decision, fleet] = await Promise.all([findDecision(scope, id, judge), loadFleet(pool())])
  if (!decision?.visible) throw new ExpectedError('not-found', 'There is no such decision.')
  const places = scopeNow(narrowed, fleet.hostNow)
  const proposed = { verdict: decision.verdict, scope: scopeNow(decision.scope, fleet.hostNow) }
  const problem = problemOfNarrowing(proposed, places, fleet.hosts)
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
  const hosts = rolloutHosts(fleet, { ...decision, scope: narrowed }, today())
  const interruption = await loadInterruption({ ...decision, scope: narrowed }, scope)
  return {
    replayed: interruption?.replayed ?? null,
    dropped: ringsWithHosts(ringPlanOf(decision), hosts).emptied.map(({ name }) => name),
  }
}

/** Among what an approval may choose: host groups, by name, and how many single hosts; none of a kind = not among those. */
export type Narrowable = { groups: Choice[]; hosts: number }

/** null = there is nothing to choose among, or it may not be narrowed. */
export async function listNarrowable(
  scope: Scope,
  { visible, verdict, scope: submitted }: DecisionRow,
): Promise<Narrowable | null> {
  if (!visible || verdict === 'emergency') return null
  // hosts that became one are one place
  const proposed = scopeNow(submitted, await loadHostNow(pool()))
  const [groups, counted] = await Promise.all([
    proposed.kind === 'hosts' ? [] : listGroupChoices(scope),
    findRow<{ hosts: number }>(pool(), sql`SELECT count(*)::int AS hosts ${hostsThere(scope, proposed)}`),
  ])
  const within = proposed.kind === 'groups' ? groups.filter(({ id }) => proposed.ids.includes(id)) : groups
  // the fleet's last group is fewer hosts than the fleet
  const isFewer = proposed.kind === 'fleet' ? within.length > 0 : within.length > 1
  const total = counted?.hosts ?? 0
  const hosts = total > 1 && total <= MAX_HOSTS ? total : 0
  return isFewer || hosts > 0 ? { groups: isFewer ? within : [], hosts } : null
}

/** The single hosts among which an approval may choose, by name. @throws ExpectedError 'not-found' */
export async function listNarrowableHosts(scope: Scope, judge: Judge | null, id: number): Promise<Choice[]> {
  const [decision, hostNow] = await Promise.all([findDecision(scope, id, judge), loadHostNow(pool())])
  if (!decision?.visible) throw new ExpectedError('not-found', 'There is no such decision.')
  const places = scopeNow(decision.scope, hostNow)
  return await rows<Choice>(
    pool(),
    sql`SELECT h.id, h.name ${hostsThere(scope, places)} ORDER BY h.name, h.id LIMIT ${MAX_HOSTS}`,
  )
}

function hostsThere(sight: Scope, places: DecisionScope): Sql {
  return sql`FROM host h WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id)
    ${inScope(sight, sql`h.id`)} ${inScope(hostsOf(places), sql`h.id`)}`
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
    ({ id }) =>
      (narrowed.kind === 'hosts' || !isKept(id)) && (proposed.kind === 'fleet' || proposed.ids.includes(id)),
  )
  if (narrowed.kind === 'hosts')
    return groups.length === 0 ? [] : [`all other hosts of ${leftOutWords(groups.map(({ name }) => name))}`]
  const ungrouped = proposed.kind === 'fleet' && sight.kind === 'all' ? ['hosts in no group'] : []
  return [...groups.map(({ name }) => name), ...ungrouped]
}

const NAMED = 10

/** 'Kiosks, Tills and 3 more' */
export function leftOutWords(names: readonly string[]): string {
  return firstNames(names, NAMED)
}
