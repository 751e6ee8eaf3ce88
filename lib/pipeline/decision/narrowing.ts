import type { DecisionScope } from './block'
import { assignRings } from './rings'
import { covers, type Placed, sameScope, takesIn } from './scope'
import type { Verdict } from './states'

type Proposed = { verdict: Verdict; scope: DecisionScope }

/** What keeps an approval from letting a decision hold in some places alone: it takes places away from what was proposed, it adds none. */
export function problemOfNarrowing({ verdict, scope }: Proposed, narrowed: DecisionScope): string | null {
  if (verdict === 'emergency')
    return 'An emergency block is in force where it was declared: approve it as it is, or reject it.'
  if (narrowed.kind !== 'fleet' && narrowed.ids.length === 0) return 'Choose where it is to hold.'
  if (!covers(scope, narrowed) || sameScope(scope, narrowed))
    return 'An approval can only let it hold in fewer places than it was proposed for.'
  return null
}

/** What keeps the rollout from going on in fewer places: a ring that loses its last host could never be enforced, and neither could those behind it. */
export function problemOfRings(
  rings: readonly { name: string; groupIds: readonly number[] }[],
  hosts: readonly Placed[],
  scope: DecisionScope,
  narrowed: DecisionScope,
): string | null {
  const [before, after] = [scope, narrowed].map((where) =>
    assignRings(
      rings,
      hosts.filter((host) => takesIn(where, host)),
    ).map(({ length }) => length),
  )
  const emptied = rings.find((_, at) => (before?.[at] ?? 0) > 0 && (after?.[at] ?? 0) === 0)
  if (emptied === undefined) return null
  return `No host would be left in the ring “${emptied.name}”: reject it, and have it proposed with other rings.`
}
