import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'

type Told = {
  scope: DecisionScope
  proposedScope: DecisionScope | null
  visible: boolean
  visibleAsProposed: boolean
}

/** As toldTo. */
export function isTold({ scope, proposedScope, visible, visibleAsProposed }: Told): boolean {
  return scope.kind === 'fleet' || visibleAsProposed || (proposedScope?.kind === 'fleet' && visible)
}

export const HIDDEN = 'said of hosts that you may not see'

/** In the place of what people wrote of it. */
export const UNTOLD = { justification: HIDDEN, comment: null, ticket: null }

/** Why it is there, and a command line, a parent or a person of hosts that the reader may not see. */
export function withoutText(exception: BlockException, at: number): BlockException {
  const reason = HIDDEN
  return 'value' in exception
    ? { ...exception, reason, value: `exception ${at + 1}, which you may not see` }
    : { ...exception, reason }
}
