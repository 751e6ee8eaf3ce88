import { parseArgs } from 'node:util'
import { env } from '@/lib/env'
import { closePool, createPool } from '@/lib/store/pool'
import { multiplyHosts } from './fleet/multiply-hosts'
import { seedDecisions } from './fleet/seed-decisions'
import { findSimulated, seedFleet, seedQueue } from './fleet/seed-fleet'
import { printSizes } from './fleet/sizes'
import { print } from './measuring/print'

/**
 * `npm run bench -- generate --dir FOLDER [--fleet NAME] [--hosts N] [--days D] [--executions M]`: fills a database with a fleet, the same for the same
 * arguments: a simulated one of some hosts goes through import and computing, its hosts are multiplied inside the database, and open deviations and
 * decisions are added. Other benchmarks read it with the same `--dir` and `--fleet`; without a folder it is thrown away. What is simulated without
 * `--fleet` (`--hosts` as many as `--simulated`) is the beginning of every fleet in the folder. What is not as computing would have left it stands at
 * multiplyHosts; without `--all-processes` the copies' executions are their only processes, while coverage and programs started count all.
 */
const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '8000' },
    days: { type: 'string', default: '45' },
    /** Proxy executions in all; default 20 a host and day. */
    executions: { type: 'string' },
    /** Hosts that are simulated one by one. */
    simulated: { type: 'string', default: '20' },
    deviations: { type: 'string', default: '5000' },
    decisions: { type: 'string', default: '30' },
    /** The last day, YYYY-MM-DD. */
    until: { type: 'string' },
    seed: { type: 'string', default: '1218' },
    'all-processes': { type: 'boolean', default: false },
  },
})
const DAY_MS = 86_400_000
const [hosts, days] = [Number(values.hosts), Number(values.days)]
const simulated = Math.min(hosts, Number(values.simulated))
const fleet = {
  hosts: simulated,
  days,
  endDayUtc: Math.floor(
    (values.until === undefined ? Date.now() - DAY_MS : Date.parse(values.until)) / DAY_MS,
  ),
  seed: Number(values.seed),
  attacks: true,
  activity: true,
  executionsPerHostDay: values.executions === undefined ? 20 : Number(values.executions) / (hosts * days),
}

const began = performance.now()
const owner = createPool(env('DATABASE_URL'))
const hostIds = (await findSimulated(owner, fleet)) ?? (await simulate())
const times = Math.round(hosts / simulated)
if (times > 1) {
  await multiplyHosts(owner, { hostIds, times, allProcesses: values['all-processes'], onProgress: say })
  await seedDecisions(Number(values.decisions))
  say('decisions are made')
}
await owner.query('VACUUM ANALYZE')
await printSizes(owner)
await owner.end()
await closePool()

async function simulate(): Promise<number[]> {
  const ids = await seedFleet(owner, fleet)
  say(`${simulated} simulated hosts are imported and computed`)
  await seedQueue(owner, fleet, Number(values.deviations))
  say(`${values.deviations} deviations of a long queue are imported and computed`)
  return ids
}

function say(what: string): void {
  print(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}`)
}
