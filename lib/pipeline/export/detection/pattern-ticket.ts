import { visible } from '@/lib/pipeline/visible-text'

/** What a ticket says of an execution, a line each; null = not reported. `link`: an address of our own, to be followed. */
export type TicketFacts = readonly { label: string; value: string | null; link?: true }[]

const LONGEST = 4000
const SCHEME = /\b(https?|ftps?)(?=:\/\/)/gi

/**
 * Plain text for a ticket: each fact on one line, hidden characters named, so that a command line cannot pass for another line of it, and
 * recorded addresses as hxxp and fxp, so that no ticket system makes a link to an attacker's server of one.
 */
export function patternTicket(title: string, facts: TicketFacts): string {
  const lines = facts.map(({ label, value, link }) => {
    if (value === null) return `${label}: not reported`
    const inert = link ? value : withoutLinks(value)
    return `${label}${inert === value ? '' : ' (addresses made inert)'}: ${oneLine(inert)}`
  })
  return `${[oneLine(withoutLinks(title)), ...lines].join('\n')}\n`
}

function withoutLinks(text: string): string {
  return text.replace(SCHEME, (scheme) => scheme.replace(/tt/i, 'xx').replace(/^ft/i, 'fx'))
}

function oneLine(text: string): string {
  const shown = visible(text.replaceAll('\t', ' '))
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST).toWellFormed()} … (cut)` : shown
}
