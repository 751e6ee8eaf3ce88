import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { firstNames } from '@/lib/pipeline/decision/first-names'
import { placesWords } from '@/lib/pipeline/decision/scope'

/** More places are counted. */
const NAMED = 10

/** Where a decision holds: 'the whole fleet', 'Kiosks, Tills'. `names`: of its places; those of hosts only where all are `visible`. */
export function whereWords(scope: DecisionScope, names: readonly string[], visible: boolean): string {
  if (scope.kind === 'fleet') return 'the whole fleet'
  if (scope.kind === 'hosts' && !visible)
    return `${scope.ids.length} ${scope.ids.length === 1 ? 'host' : 'hosts'}, not all of which you may see`
  if (names.length === 0) return `${scope.kind} that are gone`
  return firstNames(names, NAMED)
}

type AsProposed = { proposedScope: DecisionScope | null; visibleAsProposed: boolean }

/** The same of where it was proposed for, until an approval narrowed it (null = none did): by number alone for who does not see all of it. */
export function proposedWhereWords(
  { proposedScope, visibleAsProposed }: AsProposed,
  names: readonly string[],
): string | null {
  if (proposedScope === null) return null
  return visibleAsProposed ? whereWords(proposedScope, names, true) : placesWords(proposedScope)
}
