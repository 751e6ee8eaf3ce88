import { createHash } from 'node:crypto'
import { toSignature } from '@/lib/pipeline/baseline/to-signature'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { ENTRY_BY_ID } from './detection/catalogue'
import { Log } from './detection/log'
import { PRODUCT } from './detection/methods'
import { type Fleet, readFleet } from './detection/processes'

/**
 * `npm run bench -- scoring [hosts] [days]`: µs of processor time a proxy execution from its fields to its score, of a simulated fleet: reading each distinct command line
 * once; and all executions as they come, repeats remembered, with correlation, lineage, signatures, baselines, scores and trust. Beside the
 * run's own limit: SHA-256 over the same command lines.
 */
const [hosts = 40, days = 20] = process.argv.slice(2).map(Number)
const LIMIT_US = 50
const ROUNDS = 5

const log = new Log<null>()
for (const { fields } of simulateFleet({ hosts, days, endDayUtc: 20_400, seed: 3, attacks: true })) {
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  if (result.kind === 'event' && result.event.kind === 'process-creation') log.add(result.event, null)
}
const distinct = distinctExecutions()

function distinctExecutions(): { event: ProcessCreation; entryId: number }[] {
  const found = new Map(log.executions.map((one) => [`${one.entryId}\0${one.event.commandLine}`, one]))
  return [...found.values()]
}

function readDistinct(): void {
  for (const { event, entryId } of distinct) {
    const entry = ENTRY_BY_ID.get(entryId)
    if (entry === undefined) continue
    toSignature({ ...event, entry }, readToolUse(entry.slug, event.commandLine, event.image))
  }
}

function hashDistinct(): void {
  for (const { event } of distinct)
    createHash('sha256')
      .update(event.commandLine ?? '')
      .digest()
}

/** Best of several rounds, in µs of processor time a call for `count` calls: the machine has other work. */
function best(count: number, act: () => void): number {
  act()
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    act()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, user + system)
  }
  return least / count
}

function print(what: string, us: number): void {
  process.stdout.write(`${what}: ${us.toFixed(1)} µs\n`)
}

const executions = log.executions.length
let fleet: Fleet<null> = { days: [], executions: [], creations: 0 }
process.stdout.write(
  `${executions} records of proxy executions, ${distinct.length} distinct command lines, ${hosts} hosts × ${days} days\n`,
)
const hashed = best(distinct.length, hashDistinct)
const read = best(distinct.length, readDistinct)
const normalised = best(executions, () => {
  fleet = readFleet(log, () => null)
})
const labelled = fleet.executions.map((execution) => ({ ...execution, truths: [] }))
const scored = best(executions, () => {
  PRODUCT.scores(fleet, labelled)
})
print('a distinct command line hashed (SHA-256)', hashed)
print('a distinct command line read, with its signature', read)
print('an execution as it comes: correlated, lineage, signature', normalised)
print('an execution as it comes: baselines, score, trust', scored)
const total = normalised + scored
print(
  `an execution from fields to score (limit ${LIMIT_US} µs: ${total <= LIMIT_US ? 'kept' : 'BROKEN'})`,
  total,
)
