import { countOf, formatNumber, formatShare } from '@/components/ui/numbers'
import { COMMON_MIN_AGE_DAYS } from '@/lib/pipeline/baseline/weights'
import type { BlockAlarm } from '@/lib/store/screens/decision/alarms'
import { MASQUERADES } from '@/lib/store/screens/masquerading'
import type { FleetCoverage } from '@/lib/store/screens/overview/coverage'
import type { DecisionCounts } from '@/lib/store/screens/overview/decisions'
import type { DeviationCounts } from '@/lib/store/screens/overview/deviations'

export type PointState = 'done' | 'partly' | 'open'

/** One thing that the countermeasure asks, and how far it is done. */
export type Point = {
  part: 'Prepare' | 'Risk' | 'Prevent' | 'Detect'
  ask: string
  state: PointState
  /** The number behind the state, and what is not known. */
  evidence: string
  /** The rows behind the number. */
  href: string
}

export type OverviewFacts = {
  /** Days that coverage looks at. */
  days: number
  decisions: DecisionCounts
  deviations: DeviationCounts
  coverage: FleetCoverage
  /** Of enforced blocks. */
  alarms: readonly Pick<BlockAlarm, 'decisionId'>[]
}

/** Share of process creations from which a field counts as reported everywhere; the kernel's own have none. */
const REPORTED_SHARE = 0.9

/** What is approved stays so while it is enforced. */
const APPROVED = '/decisions?state=approved&state=enforced'

/** CM0091 "Prevent and Detect System Binary Proxy Execution", point by point. */
export function toPoints(facts: OverviewFacts): Point[] {
  return [...preparePoints(facts), ...riskPoints(facts), ...preventPoints(facts), ...detectPoints(facts)]
}

/** How many of them are done, and why those that rest on logs cannot be yet. */
export function pointsWords(points: readonly Point[], days: number): string {
  const done = points.filter(({ state }) => state === 'done').length
  const words = `${done} of ${points.length} points done.`
  return isShort(days) ? `${words} What rests on logs is not done before they cover more than a week.` : words
}

function preparePoints({ decisions, coverage }: OverviewFacts): Point[] {
  const { counted, namedInMission, seen, approved, proposed, undecidedSeen } = decisions
  return [
    {
      part: 'Prepare',
      ask: 'Know the binaries through which attackers run their code',
      state: counted > 0 ? 'done' : 'open',
      evidence: `${countOf(counted, 'binary', 'binaries')} watched, ${formatNumber(namedInMission)} of them named by the countermeasure; ${formatNumber(seen)} ran here`,
      href: '/binaries',
    },
    {
      part: 'Prepare',
      ask: 'Decide for each binary whether it has to stay allowed, by what blocking it would interrupt',
      state: stateOf(approved, counted),
      evidence: `${formatNumber(approved)} of ${formatNumber(counted)} decided, ${formatNumber(proposed)} waiting for approval; ${formatNumber(undecidedSeen)} that ran here are undecided`,
      href: '/binaries?decision=undecided&seen=yes',
    },
    {
      part: 'Prepare',
      ask: 'Know how each host normally uses them',
      state: stateOf(coverage.withBaseline, coverage.hosts),
      evidence: `${formatNumber(coverage.withBaseline)} of ${countOf(coverage.hosts, 'host')} with a week or more of use to compare with`,
      href: '/hosts',
    },
  ]
}

function riskPoints({ decisions, deviations }: OverviewFacts): Point[] {
  const { approved, required, undecidedSeen } = decisions
  const total = Object.values(deviations.byState).reduce((sum, items) => sum + items, 0)
  const judged = total - (deviations.byState['open'] ?? 0)
  return [
    {
      part: 'Risk',
      ask: 'Keep a block from breaking what people need',
      state: stateOf(approved, approved + undecidedSeen),
      evidence:
        approved > 0
          ? `${countOf(approved, 'approved decision')}, each with the evidence known at the time; ${formatNumber(required)} of them ${required === 1 ? 'keeps' : 'keep'} a binary allowed; ${formatNumber(undecidedSeen)} that ran here are undecided`
          : 'Nothing is approved yet',
      href: APPROVED,
    },
    {
      part: 'Risk',
      ask: 'Keep false alarms few by judging what deviates and teaching the baseline',
      state: stateOf(judged, total),
      evidence: `${formatNumber(judged)} of ${countOf(total, 'deviation')} judged; ${countOf(deviations.rulingsInForce, 'ruling')} in force`,
      href: '/deviations',
    },
  ]
}

function preventPoints(facts: OverviewFacts): Point[] {
  const { decisions, coverage, alarms } = facts
  const { blocks, blocksEnforced } = decisions
  const { executions, attempts, attemptsBlocked, sending } = coverage
  const alarming = new Set(alarms.map(({ decisionId }) => decisionId)).size
  return [
    {
      part: 'Prevent',
      ask: 'Block what nothing needs, by the host’s own controls or its firewall',
      state: alarming > 0 && blocks > 0 ? 'partly' : stateOf(blocksEnforced, blocks, 'partly'),
      evidence: `${blocks === 0 ? 'Nothing is approved to be blocked yet' : `${formatNumber(blocksEnforced)} of ${countOf(blocks, 'approved block')} enforced on every ring, ${alarming === 0 ? 'none' : formatNumber(alarming)} with an alarm`}; ${countOf(sending.policies, 'host')} reported that a control’s policy was applied or changed`,
      href: APPROVED,
    },
    {
      part: 'Prevent',
      ask: 'Log attempts to abuse them, successful and blocked',
      state: asFarAsSeen(
        executions + attempts === 0 ? 'open' : stateOf(sending.controls, coverage.hosts, 'partly'),
        facts,
      ),
      evidence: `${countOf(executions, 'execution')} in the period; ${countOf(attempts, 'attempt')} that controls reported, ${formatNumber(attemptsBlocked)} of them blocked; the log of a control comes from ${ofHosts(sending.controls, coverage)}`,
      href: '/attempts',
    },
  ]
}

function detectPoints(facts: OverviewFacts): Point[] {
  const { coverage } = facts
  const { creations, withParent, withHash, withCommandLine, masquerading, sending, hosts } = coverage
  return [
    {
      part: 'Detect',
      ask: 'See what starts them, and when something else hides behind their name',
      state: reportedState(withParent, facts),
      evidence: `The parent is known of ${shareOf(withParent, creations)} of process creations, a hash of ${shareOf(withHash, creations)}${silentWords(coverage)}; ${countOf(masquerading, 'execution')} renamed or from an unexpected folder`,
      href: `/executions?${MASQUERADES.map((kind) => `masquerading=${kind}`).join('&')}`,
    },
    {
      part: 'Detect',
      ask: 'See what they were told to do',
      state: reportedState(withCommandLine, facts),
      evidence: `A command line comes with ${shareOf(withCommandLine, creations)} of process creations; ${countOf(coverage.withoutCommandLines, 'host')} without${silentWords(coverage)}`,
      href: '/hosts?coverage=no-command-lines',
    },
    {
      part: 'Detect',
      ask: 'See the libraries they load',
      state: asFarAsSeen(stateOf(sending.modules, hosts), facts),
      evidence: `${ofHosts(sending.modules, coverage)} sent module loads (Sysmon 7 or the like)`,
      href: '/hosts?sends=module-load',
    },
    {
      part: 'Detect',
      ask: 'See the network connections they make',
      state: asFarAsSeen(stateOf(sending.connections, hosts), facts),
      evidence: `${ofHosts(sending.connections, coverage)} sent network connections (Sysmon 3, Security 5156 or the like)`,
      href: '/hosts?sends=network-connection',
    },
  ]
}

/** `begun`: what it is called as long as none of it is done. */
function stateOf(done: number, all: number, begun: PointState = 'open'): PointState {
  if (all === 0) return 'open'
  if (done === 0) return begun
  return done >= all ? 'done' : 'partly'
}

/** What a few days or some of the hosts show is not known of the fleet. */
function asFarAsSeen(state: PointState, { days, coverage }: OverviewFacts): PointState {
  return state === 'done' && (coverage.silent > 0 || isShort(days)) ? 'partly' : state
}

/** Too few days to call anything usual. */
function isShort(days: number): boolean {
  return days <= COMMON_MIN_AGE_DAYS
}

function reportedState(reported: number, facts: OverviewFacts): PointState {
  const { creations } = facts.coverage
  if (reported === 0) return 'open'
  return asFarAsSeen(reported >= creations * REPORTED_SHARE ? 'done' : 'partly', facts)
}

function silentWords({ silent }: FleetCoverage): string {
  return silent === 0 ? '' : `; ${countOf(silent, 'host')} sent nothing in the period`
}

function shareOf(part: number, all: number): string {
  return all === 0 ? 'none' : formatShare(part / all)
}

function ofHosts(some: number, { hosts }: FleetCoverage): string {
  return `${formatNumber(some)} of ${countOf(hosts, 'host')}`
}
