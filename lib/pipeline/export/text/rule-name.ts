import type { PlacedBlock } from '../placed-block'
import { inertText } from './inert-text'

/** Stands for a decision where something is audited without one. */
export const NO_DECISION = 0

/** How a rule is called in a control's own lists, inert. */
export function ruleName({ decisionId, entry }: PlacedBlock): string {
  const why = decisionId === NO_DECISION ? 'audit' : `decision ${decisionId}`
  return `Cordon ${why}: ${inertText(entry.name)}`
}

/** What a rule says of where it comes from, inert. */
export function ruleDescription(block: PlacedBlock): string {
  const { decisionId, approvedAt, expiresOn, ticket, justification } = block
  if (decisionId === NO_DECISION) return 'Reported only, so that its use becomes known.'
  const approved = approvedAt === null ? 'Not approved yet' : `Approved ${dayOf(approvedAt)}`
  const term = expiresOn === null ? '' : `, holds until ${expiresOn}`
  const change = ticket === null ? '' : `, ticket ${ticket}`
  return inertText(`${approved}${term}${change}. ${justification}`)
}

/** 'YYYY-MM-DD' of microseconds since 1970. */
function dayOf(us: number): string {
  return new Date(us / 1000).toISOString().slice(0, 10)
}
