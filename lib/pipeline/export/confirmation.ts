import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { deploymentId } from './deployment'
import { placeBlock } from './placed-block'
import { blockingRuleIds } from './policy/attack-surface-reduction'

/**
 * What a control's own report has to name for it to confirm a block: the exported policy (App Control's 3099), a rule that is set to block
 * (Defender's 5007), or anything, where the report does not say which policy (AppLocker's 8001).
 */
export type Confirmation = { by: 'policy' | 'rule'; ids: readonly string[] } | { by: 'any' }

/** What confirms a block on the ring at `position`; null = its control reports no policies, or the ring is neither audited nor enforced. */
export function confirmationOf(block: ApprovedBlock, position: number): Confirmation | null {
  const placed = placeBlock(block).find((one) => one.position === position)
  switch (block.control) {
    case 'app-control':
      return placed === undefined ? null : { by: 'policy', ids: [deploymentId('app-control', placed)] }
    case 'asr':
      return placed?.mode === 'enforce' ? { by: 'rule', ids: blockingRuleIds(block.slug) } : { by: 'any' }
    case 'applocker':
      return { by: 'any' }
    default:
      return null
  }
}
