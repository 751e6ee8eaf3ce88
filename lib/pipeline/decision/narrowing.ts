import type { DecisionScope } from './block'
import { assignRings } from './rings'
import { coversToday, type Placed, sameScope } from './scope'
import type { Verdict } from './states'

type Proposed = { verdict: Verdict; scope: DecisionScope }

/** What keeps an approval from letting a decision hold in some places alone: it takes places away from what was proposed, it adds none. `hosts`: all there are. */
export function problemOfNarrowing(
  { verdict, scope }: Proposed,
  narrowed: DecisionScope,
  hosts: readonly Placed[],
): string | null {
  if (verdict === 'emergency')
    return 'An emergency block is in force where it was declared: approve it as it is, or reject it.'
  if (narrowed.kind !== 'fleet' && narrowed.ids.length === 0) return 'Choose where it is to hold.'
  if (!coversToday(scope, narrowed, hosts) || sameScope(scope, narrowed))
    return 'An approval can only let it hold in fewer places than it was proposed for.'
  return null
}

type Ring = { name: string; groupIds: readonly number[] }

/** A rollout in fewer places: the rings that still have a host, in order, and those that have none. */
export type Rollout<R extends Ring> = { left: R[]; emptied: R[] }

/** Without the rings that no host is in: they could never be enforced, and neither could those behind them. Of no hosts at all, the whole rollout. */
export function ringsWithHosts<R extends Ring>(rings: readonly R[], hosts: readonly Placed[]): Rollout<R> {
  if (hosts.length === 0) return { left: [...rings], emptied: [] }
  const inRings = assignRings(rings, hosts)
  const hasHosts = (_: R, at: number) => (inRings[at]?.length ?? 0) > 0
  const left = rings.filter(hasHosts)
  return {
    // whichever is the last one takes in everything else
    left: left.map((ring, at) => (at === left.length - 1 ? { ...ring, groupIds: [] } : ring)),
    emptied: rings.filter((ring, at) => !hasHosts(ring, at)),
  }
}

/** What keeps the rollout from going on in fewer places; `before` and `after`: the hosts that it is for, those that it spares left out. */
export function problemOfRollout(
  rings: readonly (Ring & { state: string })[],
  before: readonly Placed[],
  after: readonly Placed[],
): string | null {
  if (before.length > 0 && after.length === 0)
    return 'No host would be left: its exceptions spare all of them there. Choose other places, or reject it.'
  const begun = ringsWithHosts(rings, after).emptied.find(({ state }) => state === 'audit')
  if (begun === undefined) return null
  return `No host would be left in the ring “${begun.name}”, which is in audit: keep some of its hosts, or reject it and have it proposed with other rings.`
}

/** What keeps a rollout from being proposed or audited; `hosts`: those that it is for, those that it spares left out. */
export function problemOfRings(rings: readonly Ring[], hosts: readonly Placed[]): string | null {
  const [emptied] = rings.length < 2 ? [] : ringsWithHosts(rings, hosts).emptied
  if (emptied === undefined) return null
  return emptied === rings.at(-1)
    ? `The rings before “${emptied.name}” take all hosts of the scope: remove one of them, or take host groups out of it.`
    : `No host of the scope is in the ring “${emptied.name}”: remove it, or choose host groups for it that have some.`
}
