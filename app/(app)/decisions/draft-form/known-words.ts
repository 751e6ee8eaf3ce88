import { countOf } from '@/components/ui/numbers'
import { type Evidence, earlierWords } from '@/lib/pipeline/decision/evidence'
import { blindHosts, concernsOf } from '@/lib/pipeline/decision/evidence-change'

/** What is known of a binary's use somewhere, as the form says it. */
export type KnownUse = { lines: string[]; suggestion: Evidence['suggestion'] }

/** `name`: the binary's. */
export function knownUseOf(evidence: Evidence, name: string): KnownUse {
  const { window, executions, hosts, users, patterns, parents, lastDay, suggestion } = evidence
  if (window === null)
    return {
      lines: [
        `There is no telemetry at all: nothing is known of how ${name} is used, and nothing is suggested.`,
      ],
      suggestion: null,
    }
  const use =
    executions === 0
      ? `${name} was not seen.`
      : `${countOf(executions, 'execution')} on ${countOf(hosts, 'host')} by ${countOf(users, 'user')}, in ${countOf(patterns, 'command pattern')} from ${countOf(parents, 'parent')}; last on ${lastDay}.`
  const concerns = concernsOf(evidence, 'safe-to-block')
    // a suggestion speaks for itself, before any verdict is chosen, and warns of open deviations
    .filter(({ key }) => key !== 'blind' && !(suggestion && (key === 'open' || key === 'against')))
  return {
    lines: [
      `${window.from} to ${window.to}: ${use}`,
      earlierWords(evidence).trimStart(),
      silentWords(evidence),
      ...concerns.map(({ words }) => words),
    ].filter((line) => line !== ''),
    suggestion,
  }
}

function silentWords(evidence: Evidence): string {
  const [full, blind] = [evidence.notSeenOn.full, blindHosts(evidence)]
  if (full + blind === 0) return 'Every host uses it.'
  const unsure = blind > 0 ? `, nor on ${blind} that report too little to say so` : ''
  return `Not seen on ${countOf(full, 'host')} with full coverage${unsure}.`
}
