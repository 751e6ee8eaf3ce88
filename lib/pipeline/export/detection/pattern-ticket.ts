import { visible } from '@/lib/pipeline/visible-text'

/** What a ticket says of an execution, a line each; null = not reported. */
export type TicketFacts = readonly { label: string; value: string | null }[]

const LONGEST = 4000

/** Plain text for a ticket: each fact on one line, hidden characters named, so that a command line cannot pass for another line of it. */
export function patternTicket(title: string, facts: TicketFacts): string {
  const lines = facts.map(
    ({ label, value }) => `${label}: ${value === null ? 'not reported' : oneLine(value)}`,
  )
  return `${[oneLine(title), ...lines].join('\n')}\n`
}

function oneLine(text: string): string {
  const shown = visible(text.replaceAll('\t', ' '))
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST).toWellFormed()} … (cut)` : shown
}
