import type { BlockEffect } from '@/lib/pipeline/decision/block'
import type { ApprovedBlock } from '../approved-block'

/** What each effect asks for, after "the decision asks". */
const ASKED: Record<BlockEffect, string> = {
  reassociate: 'to change what its files open with',
  network: 'to cut its network and to let it run',
  execution: 'not to let it run',
  remove: 'to remove the feature it belongs to',
}

/** Why a control for these effects and this platform does not carry a block out; null = nothing of that stands in the way. */
export function refuseOther(
  { block, target }: ApprovedBlock,
  effects: readonly BlockEffect[],
  platform: ApprovedBlock['target']['platform'],
): string | null {
  if (target.platform !== platform)
    return `${target.name} is of ${target.platform === 'macos' ? 'macOS' : 'Windows'}, where this control does not exist.`
  if (!effects.includes(block.effect))
    return `Another control's work: the decision asks ${ASKED[block.effect]}.`
  return null
}

/** The same for a control that cannot audit. */
export function refuseAudit({ mode }: ApprovedBlock, instead: string): string | null {
  return mode === 'audit'
    ? `It cannot audit: there is nothing to write until the decision is enforced. ${instead}`
    : null
}
