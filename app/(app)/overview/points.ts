import { countOf, formatNumber, formatShare } from '@/components/ui/numbers'
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
  const { approved, required } = decisions
  const total = Object.values(deviations.byState).reduce((sum, items) => sum + items, 0)
  const judged = total - (deviations.byState['open'] ?? 0)
  return [
    {
      part: 'Risk',
      ask: 'Keep a block from breaking what people need',
      state: approved > 0 ? 'done' : 'open',
      evidence:
        approved > 0
          ? `${countOf(approved, 'approved decision')}, each with the evidence known at the time; ${formatNumber(required)} of them ${required === 1 ? 'keeps' : 'keep'} a binary allowed`
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

function preventPoints({ decisions, coverage, alarms }: OverviewFacts): Point[] {
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
      state: executions + attempts === 0 ? 'open' : stateOf(sending.controls, coverage.hosts, 'partly'),
      evidence: `${countOf(executions, 'execution')} in the period; ${countOf(attempts, 'attempt')} that controls reported, ${formatNumber(attemptsBlocked)} of them blocked; the log of a control comes from ${ofHosts(sending.controls, coverage)}`,
      href: '/attempts',
    },
  ]
}

function detectPoints({ coverage }: OverviewFacts): Point[] {
  const { creations, withParent, withHash, withCommandLine, masquerading, sending, hosts } = coverage
  return [
    {
      part: 'Detect',
      ask: 'See what starts them, and when something else hides behind their name',
      state: reportedState(withParent, creations),
      evidence: `The parent is known of ${shareOf(withParent, creations)} of process creations, a hash of ${shareOf(withHash, creations)}; ${countOf(masquerading, 'execution')} renamed or from an unexpected folder`,
      href: `/executions?${MASQUERADES.map((kind) => `masquerading=${kind}`).join('&')}`,
    },
    {
      part: 'Detect',
      ask: 'See what they were told to do',
      state: reportedState(withCommandLine, creations),
      evidence: `A command line comes with ${shareOf(withCommandLine, creations)} of process creations; ${countOf(coverage.withoutCommandLines, 'host')} without`,
      href: '/hosts?coverage=no-command-lines',
    },
    {
      part: 'Detect',
      ask: 'See the libraries they load',
      state: stateOf(sending.modules, hosts),
      evidence: `${ofHosts(sending.modules, coverage)} sent module loads (Sysmon 7 or the like)`,
      href: '/hosts?sends=module-load',
    },
    {
      part: 'Detect',
      ask: 'See the network connections they make',
      state: stateOf(sending.connections, hosts),
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

function reportedState(reported: number, all: number): PointState {
  if (all === 0 || reported === 0) return 'open'
  return reported >= all * REPORTED_SHARE ? 'done' : 'partly'
}

function shareOf(part: number, all: number): string {
  return all === 0 ? 'none' : formatShare(part / all)
}

function ofHosts(some: number, { hosts }: FleetCoverage): string {
  return `${formatNumber(some)} of ${countOf(hosts, 'host')}`
}
