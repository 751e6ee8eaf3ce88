import type { PlacedBlock } from '../placed-block'
import { inertText } from './inert-text'

/** How a rule is called in a control's own lists, inert. */
export function ruleName({ decisionId, entry }: PlacedBlock): string {
  return `Cordon decision ${decisionId}: ${inertText(entry.name)}`
}

/** What a rule says of where it comes from, inert. */
export function ruleDescription({ approvedAt, expiresOn, ticket, justification }: PlacedBlock): string {
  const approved = approvedAt === null ? 'Not approved yet' : `Approved ${dayOf(approvedAt)}`
  const term = expiresOn === null ? '' : `, holds until ${expiresOn}`
  const change = ticket === null ? '' : `, ticket ${ticket}`
  return inertText(`${approved}${term}${change}. ${justification}`)
}

/** 'YYYY-MM-DD' of microseconds since 1970. */
function dayOf(us: number): string {
  return new Date(us / 1000).toISOString().slice(0, 10)
}
