import { createHash } from 'node:crypto'
import { toSignature } from '@/lib/pipeline/baseline/to-signature'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { ENTRY_BY_ID } from './detection/catalogue'
import { Log } from './detection/log'
import { engineRows } from './detection/methods'
import { type Arranged, arrange, type Fleet, readArranged } from './detection/processes'
import { print } from './measuring/print'

/**
 * `npm run bench -- scoring [hosts] [days]`: µs of processor time a proxy execution from its fields to its score, of simulated fleets: reading each distinct command line
 * once; and all executions as they come, repeats remembered: signatures, baselines, scores and trust. Correlation and lineage, which the database does, are told apart. Every
 * round has a fleet of its own, so that what is remembered is what a fleet repeats. Beside the run's own limit: SHA-256 over the same command lines.
 */
const [hosts = 40, days = 20] = process.argv.slice(2).map(Number)
const LIMIT_US = 50
/** The first warms up, the second's lines are read alone, the others are scored: several, since a worker runs for weeks and its code is warm. */
const SEEDS = [2, 3, 5, 8, 13, 21, 34]

type Distinct = { event: ProcessCreation; entryId: number }
type Round = { log: Log<null>; distinct: Distinct[] }
type Whole = { round: Round; arranged: Arranged<null> | null; fleet: Fleet<null> | null }

function simulate(seed: number): Round {
  const log = new Log<null>()
  for (const { fields } of simulateFleet({ hosts, days, endDayUtc: 20_400, seed, attacks: true })) {
    const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
    if (result.kind === 'event' && result.event.kind === 'process-creation') log.add(result.event, null)
  }
  const found = new Map(log.executions.map((one) => [`${one.entryId}\0${one.event.commandLine}`, one]))
  return { log, distinct: [...found.values()] }
}

function readDistinct({ distinct }: Round): void {
  for (const { event, entryId } of distinct) {
    const entry = ENTRY_BY_ID.get(entryId)
    if (entry === undefined) continue
    toSignature({ ...event, entry }, readToolUse(entry.slug, event.commandLine, event.image))
  }
}

function hashDistinct({ distinct }: Round): void {
  for (const { event } of distinct)
    createHash('sha256')
      .update(event.commandLine ?? '')
      .digest()
}

/** Best of the rounds after the first, in µs of processor time for one of `count`: the machine has other work. */
function best<T>(rounds: readonly T[], count: (round: T) => number, act: (round: T) => void): number {
  const [warm, ...measured] = rounds
  if (warm !== undefined) act(warm)
  let least = Number.POSITIVE_INFINITY
  for (const round of measured) {
    const start = process.cpuUsage()
    act(round)
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / count(round))
  }
  return least
}

function report(what: string, us: number): void {
  print(`${what}: ${us.toFixed(1)} µs`)
}

const rounds = SEEDS.map(simulate)
const executionsOf = ({ log }: Round) => log.executions.length
const distinctOf = ({ distinct }: Round) => distinct.length
print(
  `${hosts} hosts × ${days} days: ${rounds.map(executionsOf).join(', ')} records of proxy executions, ${rounds.map(distinctOf).join(', ')} distinct command lines`,
)
const alone = rounds.slice(0, 2)
const whole = rounds.toSpliced(1, 1).map((round): Whole => ({ round, arranged: null, fleet: null }))
report('a distinct command line hashed (SHA-256)', best(rounds, distinctOf, hashDistinct))
report('a distinct command line read, with its signature', best(alone, distinctOf, readDistinct))
const executionsIn = ({ round }: Whole) => executionsOf(round)
report(
  'beside them what the store does, an execution arranged: correlated, lineage, what it did',
  best(whole, executionsIn, (one) => {
    one.arranged = arrange(one.round.log)
  }),
)
const normalised = best(whole, executionsIn, (one) => {
  one.fleet = one.arranged && readArranged(one.arranged, () => null)
})
const scored = best(whole, executionsIn, ({ fleet }) => {
  if (fleet !== null) engineRows(fleet, {})
})
report('an execution as it comes: read, with its signature', normalised)
report('an execution as it comes: baselines, score, trust', scored)
const total = normalised + scored
report(
  `an execution from fields to score (limit ${LIMIT_US} µs: ${total <= LIMIT_US ? 'kept' : 'BROKEN'})`,
  total,
)
