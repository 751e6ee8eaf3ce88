import { blindIn, type CoverageCounts } from '@/lib/pipeline/baseline/coverage'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isServiceClass } from '@/lib/pipeline/baseline/user-class'
import { type BusinessCycles, cyclesIn } from './business-cycles'
import { counted } from './counted'
import { type Bound, boundShare } from './interruption-bound'
import type { Verdict } from './states'

/** Who starts it: Windows by itself, a service, a person; or no user is reported. */
export const STARTERS = ['system', 'service', 'person', 'unreported'] as const
export type Starter = (typeof STARTERS)[number]

/** Who starts what a signature describes. */
export function starterOf({
  operatingSystemUse,
  features: { user },
}: Pick<Signature, 'operatingSystemUse' | 'features'>): Starter {
  if (operatingSystemUse) return 'system'
  if (user === null) return 'unreported'
  return isServiceClass(user) ? 'service' : 'person'
}

export type UseBy = { executions: number; hosts: number; people: number }

/** One thing that it is used for: a parent with a command pattern. */
export type Purpose = {
  parent: string | null
  pattern: string | null
  /** In plain words, without the parent: 'ran a DLL from the system folder'; null = nothing is known of its target. */
  words: string | null
  starter: Starter
  executions: number
  hosts: number
  people: number
  /** Most days that one host used it on. */
  days: number
  /** 'YYYY-MM-DD' */
  lastDay: string
  /** What people said of the deviation that it belongs to; null = it is none. */
  deviation: string | null
}

/** What is known of a binary's use on some hosts, over all that is stored. */
export type NecessityFacts = {
  /** Why its use is not in what is stored, or not all of it; null = every execution that is reported counts. */
  unrecorded: 'not-counted' | 'runs-in-others' | null
  /** null = no telemetry at all. */
  window: { from: string; to: string } | null
  /** Spans of the window, longer than machines are switched off, in which no host reported: nothing is known of what they bring. */
  silent: readonly { from: string; to: string }[]
  /** Days on which a host reported anything, over all hosts. */
  hostDays: number
  /** Hosts that used it, and those that did not, by what they report. */
  hostsUsing: number
  notSeenOn: CoverageCounts
  /** Days of the window on which anybody used it. */
  daysUsed: number
  lastDay: string | null
  executions: number
  people: number
  by: Readonly<Record<Starter, UseBy>>
  /** The most used first; `purposesTotal` counts all. */
  purposes: readonly Purpose[]
  purposesTotal: number
  /** Deviations that nobody has ruled on or that were flagged, and those ruled malicious. */
  openDeviations: number
  maliciousDeviations: number
}

export type Suggestion = {
  /** null = the data do not allow one. */
  verdict: Exclude<Verdict, 'disable' | 'emergency'> | null
  reasons: readonly string[]
  /** What speaks against relying on it. */
  cautions: readonly string[]
}

export type NecessityAssessment = {
  suggestion: Suggestion
  /** Share of hosts that use it in a period as long as the window; null = no host could have been seen using it. */
  hostBound: Bound | null
  /** Share of host-days, where it was never used. */
  dayBound: Bound | null
  cycles: BusinessCycles | null
}

/** Fewer days tell nothing of what happens monthly. Origin: one of everything that patching and payroll do. */
const ENOUGH_DAYS = 30
/** Hosts that say nothing, as a share, above which silence is no evidence. */
const BLIND_SHARE = 0.2
/** Used on more hosts than this share: needed as a rule. */
const WIDE_SHARE = 0.5
/** As many purposes can be spared one by one. */
const FEW_PURPOSES = 6
/** … if they explain this share of use. */
const EXPLAINED_SHARE = 0.95

/** What the facts allow to suggest of a binary, and how sure it is. Pure. */
export function assessNecessity(facts: NecessityFacts): NecessityAssessment {
  const covered = facts.hostsUsing + facts.notSeenOn.full
  return {
    suggestion: suggest(facts),
    hostBound: boundShare(facts.hostsUsing, covered),
    dayBound: facts.hostsUsing === 0 && covered > 0 ? boundShare(0, facts.hostDays) : null,
    cycles: cyclesOf(facts),
  }
}

function suggest(facts: NecessityFacts): Suggestion {
  const cautions = cautionsOf(facts)
  const refusal = refusalOf(facts)
  if (refusal !== null) return { verdict: null, reasons: [refusal], cautions }
  if (facts.hostsUsing === 0)
    return {
      verdict: 'safe-to-block',
      reasons: [`No use on ${counted(facts.notSeenOn.full, 'host')} that reported the whole period.`],
      cautions,
    }
  const suggested = suggestOfUse(facts)
  const blindness = suggested.verdict === 'required' ? null : blindnessOf(facts)
  return blindness === null ? { ...suggested, cautions } : { verdict: null, reasons: [blindness], cautions }
}

const UNRECORDED: Readonly<Record<NonNullable<NecessityFacts['unrecorded']>, string>> = {
  'not-counted':
    'Nothing is suggested: its everyday executions are not stored. An administrator can turn it on in the catalogue.',
  'runs-in-others':
    'Nothing is suggested: it runs inside other programs, and its use is counted as theirs. Look at what loads or runs it.',
}

/** Why nothing can be suggested; null = something can. */
function refusalOf(facts: NecessityFacts): string | null {
  const { unrecorded, window, silent, hostsUsing, notSeenOn } = facts
  if (unrecorded !== null) return UNRECORDED[unrecorded]
  if (window === null || hostsUsing + notSeenOn.full + blindIn(notSeenOn) === 0)
    return 'Nothing is suggested: there is no history to judge by.'
  const { days } = cyclesIn(window, silent)
  if (days < ENOUGH_DAYS)
    return `Nothing is suggested: the history is ${counted(days, 'day')} long, and work has monthly rhythms.`
  if (hostsUsing > 0) return null
  if (notSeenOn.full === 0)
    return 'Nothing is suggested: no host reported the whole period with command lines and parents, so that not seen does not mean not used.'
  return blindnessOf(facts)
}

/** Why the silence of hosts allows no block; null = it does. */
function blindnessOf({ hostsUsing, notSeenOn }: NecessityFacts): string | null {
  const blind = blindIn(notSeenOn)
  const hosts = hostsUsing + notSeenOn.full + blind
  return blind > BLIND_SHARE * hosts
    ? `Nothing is suggested: ${counted(blind, 'host')} of ${hosts} cannot be seen well enough, too many for silence to be evidence.`
    : null
}

/** Days on one host from which an open deviation may be somebody's work. Origin: an intrusion is over or noticed sooner than a habit. */
const HABIT_DAYS = 3

/** Whether a purpose may be a need: nobody ruled against it, and what is still open has become a habit. */
function isNeed({ deviation, days }: Purpose): boolean {
  if (deviation === null || deviation === 'expected') return true
  return (deviation === 'open' || deviation === 'flagged') && days >= HABIT_DAYS
}

function suggestOfUse(facts: NecessityFacts): Pick<Suggestion, 'verdict' | 'reasons'> {
  const normal = facts.purposes.filter(isNeed)
  const explained = normal.reduce((total, { executions }) => total + executions, 0)
  const seen = facts.hostsUsing + facts.notSeenOn.full
  const bySystem = facts.by.system
  if (normal.length === 0 && facts.purposes.length === facts.purposesTotal)
    return {
      verdict: 'safe-to-block',
      reasons: [
        'Every use that was seen was ruled malicious or a test, or is an open deviation of a day or two.',
      ],
    }
  if (bySystem.hosts > WIDE_SHARE * seen)
    return {
      verdict: 'required',
      reasons: [`Windows itself starts it on ${counted(bySystem.hosts, 'host')} of ${seen}.`],
    }
  const few = normal.length <= FEW_PURPOSES && explained >= EXPLAINED_SHARE * facts.executions
  if (few)
    return {
      verdict: 'restrict',
      reasons: [
        `${counted(normal.length, 'purpose')} ${normal.length === 1 ? 'explains' : 'explain'} its use: block all else.`,
      ],
    }
  if (facts.hostsUsing > WIDE_SHARE * seen)
    return {
      verdict: 'required',
      reasons: [
        `${counted(facts.hostsUsing, 'host')} of ${seen} use it, for ${counted(facts.purposesTotal, 'purpose')}.`,
      ],
    }
  return {
    verdict: 'restrict',
    reasons: [
      `${counted(facts.hostsUsing, 'host')} of ${seen} use it: block it on the others, and spare those that do.`,
    ],
  }
}

function cyclesOf({ window, silent }: NecessityFacts): BusinessCycles | null {
  return window && cyclesIn(window, silent)
}

function cautionsOf(facts: NecessityFacts): string[] {
  const { notSeenOn } = facts
  const blind = blindIn(notSeenOn)
  const cycles = cyclesOf(facts)
  const cautions: string[] = []
  if (blind > 0)
    cautions.push(
      `${counted(blind, 'host')} without it cannot be seen well enough: there it may be used unseen.`,
    )
  if (cycles && cycles.quarterEnds === 0) cautions.push('No quarter-end is in the period.')
  else if (cycles && cycles.yearEnds === 0) cautions.push('No year-end is in the period.')
  if (facts.maliciousDeviations > 0)
    cautions.push(
      `${counted(facts.maliciousDeviations, 'deviation')} of it ${facts.maliciousDeviations === 1 ? 'was' : 'were'} ruled malicious.`,
    )
  if (facts.openDeviations > 0)
    cautions.push(
      `${counted(facts.openDeviations, 'deviation')} of it ${facts.openDeviations === 1 ? 'is' : 'are'} still open: triage ${facts.openDeviations === 1 ? 'it' : 'them'} first.`,
    )
  return cautions
}
