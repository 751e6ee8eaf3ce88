import type { ApprovedBlock } from '../approved-block'
import { inertText } from './inert-text'

/** How a rule is called in a control's own lists, inert. */
export function ruleName({ decisionId, target }: ApprovedBlock): string {
  return `Cordon decision ${decisionId}: ${inertText(target.name)}`
}

/** What a rule says of where it comes from, inert. */
export function ruleDescription({ approvedOn, until, note }: ApprovedBlock): string {
  const term = until === null ? '' : `, holds until ${until}`
  return inertText(`Approved ${approvedOn}${term}. ${note}`)
}
