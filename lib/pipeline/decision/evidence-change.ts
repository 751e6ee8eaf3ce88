import { blindIn } from '@/lib/pipeline/baseline/coverage'
import { daysBetween } from '@/lib/pipeline/days'
import { counted } from './counted'
import { type Evidence, MAX_LISTED, newSince } from './evidence'
import type { Verdict } from './states'
import { VERDICT_WORDS } from './words'

/** Something about the evidence that a manager has to have seen before deciding; `key` names its kind. */
export type EvidenceReason = { key: string; words: string }

/** From which growth on evidence is another one than it was. */
export const CHANGE_BOUNDS = {
  /** Share of the hosts known before. */
  hostsShare: 0.1,
  /** Times the executions known before, and at least so many more: a second run of a rare tool is no news. */
  executionsFactor: 2,
  executionsMore: 10,
  /** Share of all hosts that became blind. */
  blindShare: 0.1,
  /** Days between the ends of the two windows. */
  ageDays: 30,
} as const

/**
 * Why today's evidence asks for another look at a decision that was made on the frozen one; none = nothing material changed.
 * Days count on the windows of data, never on a clock.
 */
export function materialChanges(
  frozen: Evidence | null,
  now: Evidence | null,
  verdict: Verdict,
): EvidenceReason[] {
  if (frozen === null)
    return [{ key: 'unreadable', words: 'What was known when it was proposed can no longer be read.' }]
  if (now === null) return [{ key: 'unknown', words: 'What is known today could not be read.' }]
  return [
    ...(verdict === 'required' ? lessUse(frozen, now) : moreUse(frozen, now)),
    ...moreMalicious(frozen, now),
    ...otherSuggestion(frozen, now),
    ...lessSight(frozen, now),
    ...aged(frozen, now),
  ]
}

function moreUse(frozen: Evidence, now: Evidence): EvidenceReason[] {
  if (frozen.executions === 0 && now.executions > 0)
    return [
      {
        key: 'first-use',
        words: `It had ${frozen.earlier?.executions ? 'not run in the window it was proposed on' : 'never run'}; since then it ran ${times(now.executions)} on ${counted(now.hosts, 'host')}.`,
      },
    ]
  const reasons: EvidenceReason[] = []
  const moreHosts = now.hosts - frozen.hosts
  if (moreHosts >= Math.max(1, Math.ceil(frozen.hosts * CHANGE_BOUNDS.hostsShare)))
    reasons.push({
      key: 'more-hosts',
      words: `${counted(now.hosts, 'host')} use it now; ${frozen.hosts} did when it was proposed.`,
    })
  const more = now.executions - frozen.executions
  if (
    now.executions >= frozen.executions * CHANGE_BOUNDS.executionsFactor &&
    more >= CHANGE_BOUNDS.executionsMore
  )
    reasons.push({
      key: 'more-executions',
      words: `It ran ${times(now.executions)} in today’s window, ${times(frozen.executions)} in the one it was proposed on.`,
    })
  return [
    ...reasons,
    ...newNames('new-patterns', 'command pattern', frozen.topPatterns, now.topPatterns),
    ...newNames('new-parents', 'parent', frozen.topParents, now.topParents),
  ]
}

/** Only sure where the frozen list is complete: past its end, a name may have been there unlisted. */
function newNames(key: string, noun: string, frozen: Evidence['topPatterns'], now: Evidence['topPatterns']) {
  if (frozen.length >= MAX_LISTED) return []
  const count = newSince(frozen, now).length
  return count === 0 ? [] : [{ key, words: `${counted(count, noun)} came up that nobody had seen.` }]
}

function lessUse(frozen: Evidence, now: Evidence): EvidenceReason[] {
  return frozen.executions > 0 && now.executions === 0
    ? [
        {
          key: 'no-use',
          words: `It ran ${times(frozen.executions)} when it was proposed, and not at all in today’s window.`,
        },
      ]
    : []
}

function moreMalicious(frozen: Evidence, now: Evidence): EvidenceReason[] {
  const more = (now.maliciousDeviations ?? 0) - (frozen.maliciousDeviations ?? 0)
  return more > 0
    ? [
        {
          key: 'malicious',
          words: `${more} more of its patterns ${more === 1 ? 'was' : 'were'} judged malicious since.`,
        },
      ]
    : []
}

function otherSuggestion(frozen: Evidence, now: Evidence): EvidenceReason[] {
  const [then, today] = [frozen.suggestion?.verdict ?? null, now.suggestion?.verdict ?? null]
  return then !== null && today !== null && then !== today
    ? [
        {
          key: 'suggestion',
          words: `The numbers suggested “${VERDICT_WORDS[then].label}” when it was proposed, and suggest “${VERDICT_WORDS[today].label}” now.`,
        },
      ]
    : []
}

function lessSight(frozen: Evidence, now: Evidence): EvidenceReason[] {
  const more = blindHosts(now) - blindHosts(frozen)
  const all = now.hosts + blindHosts(now) + now.notSeenOn.full
  return more > 0 && more >= all * CHANGE_BOUNDS.blindShare
    ? [
        {
          key: 'less-sight',
          words: `${counted(blindHosts(now), 'host')} on which it was not seen report too little to say so; ${blindHosts(frozen)} did when it was proposed.`,
        },
      ]
    : []
}

function aged(frozen: Evidence, now: Evidence): EvidenceReason[] {
  if (frozen.window === null || now.window === null) return []
  const days = daysBetween(frozen.window.to, now.window.to)
  return days > CHANGE_BOUNDS.ageDays
    ? [{ key: 'aged', words: `The evidence it was proposed on ends ${days} days before today’s.` }]
    : []
}

/** Hosts on which it was not seen and that report too little to take it to be absent. */
export function blindHosts({ notSeenOn }: Evidence): number {
  return blindIn(notSeenOn)
}

/** What a manager must know of evidence as it stands, changed or not, the gravest first. */
export function concernsOf(evidence: Evidence, verdict: Verdict): EvidenceReason[] {
  return [
    ...noHistory(evidence),
    ...inEmergency(verdict),
    ...maliciousUse(evidence, verdict),
    ...stillOpen(evidence),
    ...againstSuggestion(evidence, verdict),
    ...blindSpots(evidence),
  ]
}

function noHistory({ window }: Evidence): EvidenceReason[] {
  if (window !== null) return []
  const words =
    'There is no telemetry of these hosts at all: nothing is known of its use, and nothing is suggested.'
  return [{ key: 'no-history', words }]
}

function inEmergency(verdict: Verdict): EvidenceReason[] {
  if (verdict !== 'emergency') return []
  const words = 'It was blocked in an incident: nobody looked at whether normal work needs it.'
  return [{ key: 'emergency', words }]
}

function maliciousUse({ maliciousDeviations }: Evidence, verdict: Verdict): EvidenceReason[] {
  const malicious = maliciousDeviations ?? 0
  if (malicious === 0) return []
  const judged = `${malicious} of its patterns ${malicious === 1 ? 'was' : 'were'} judged malicious here`
  const means =
    verdict === 'required'
      ? 'keeping it allowed keeps that way open.'
      : 'their executions are among these numbers.'
  return [{ key: 'malicious', words: `${judged}: ${means}` }]
}

function stillOpen({ openDeviations }: Evidence): EvidenceReason[] {
  if (openDeviations === 0) return []
  const words = `${counted(openDeviations, 'deviation')} of it ${openDeviations === 1 ? 'is' : 'are'} still open: an attack may be among these numbers.`
  return [{ key: 'open', words }]
}

function againstSuggestion({ suggestion }: Evidence, verdict: Verdict): EvidenceReason[] {
  if (suggestion?.verdict !== 'required' || verdict === 'required' || verdict === 'emergency') return []
  const words = `The numbers suggest the opposite, “${VERDICT_WORDS.required.label}”: ${suggestion.reasons.join(' ')}`
  return [{ key: 'against', words }]
}

function blindSpots(evidence: Evidence): EvidenceReason[] {
  const blind = blindHosts(evidence)
  if (evidence.window === null || blind === 0) return []
  const words = `${counted(blind, 'host')} on which it was not seen ${blind === 1 ? 'reports' : 'report'} too little to take it to be absent there.`
  return [{ key: 'blind', words }]
}

/** Days of history and share of hosts in full sight that “never seen” takes. */
export const COVERED = { days: 14, share: 0.9 } as const

/** Why a binary cannot be called never seen on covered hosts; none = it can. Zero history never can. */
export function notNeverSeen(evidence: Evidence): string[] {
  const { window, executions, notSeenOn } = evidence
  if (window === null) return ['There is no telemetry: that nothing was seen says nothing.']
  const problems: string[] = []
  if (executions > 0) problems.push(`It ran ${times(executions)} on ${counted(evidence.hosts, 'host')}.`)
  const days = daysBetween(window.from, window.to) + 1
  if (days < COVERED.days) problems.push(`Only ${days} days are on record; it takes ${COVERED.days}.`)
  const all = notSeenOn.full + blindHosts(evidence)
  if (all === 0 || notSeenOn.full < all * COVERED.share)
    problems.push(
      `Only ${notSeenOn.full} of ${counted(all, 'host')} report enough to say that it was not used.`,
    )
  return problems
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
