import type { Block, BlockException } from '@/lib/pipeline/decision/block'
import { closePool, pool } from '@/lib/store/pool'
import { findBinary } from '@/lib/store/screens/binary/view'
import { findDataSpan } from '@/lib/store/screens/data-window'
import { loadWhatIfNow } from '@/lib/store/screens/what-if/load-what-if'
import { findRow, sql } from '@/lib/store/sql'
import { busiestBinary } from './fleet/busiest-binary'
import { print } from './measuring/print'
import { type Measure, measured, processorOf } from './measuring/processor-time'

/**
 * `npm run bench -- what-if --dir FOLDER --fleet NAME`: what-ifs of the busiest binary over all that `bench -- generate` left there, beside a plain
 * aggregate of the same rows of usage: as a page asks them, with a ladder of all controls, lists and days.
 */
const LIMIT_MS = 300
const all = { kind: 'all' } as const

const busiest = await busiestBinary(pool())
const found = await findBinary(busiest.slug)
if (found === null) throw new Error(`${busiest.slug} is not in the catalogue.`)
const entry = found
const window = await findDataSpan(all)
if (window === null) throw new Error('Nothing is stored.')
const counts = await findRow<Record<string, string>>(
  pool(),
  sql`SELECT (SELECT count(*) FROM host) AS hosts, (SELECT sum(executions) FROM use_day) AS executions,
        (SELECT count(*) FROM usage WHERE entry_id = ${entry.id}) AS usage,
        (SELECT count(*) FROM host_use WHERE entry_id = ${entry.id}) AS host_use, (SELECT count(*) FROM use_day WHERE entry_id = ${entry.id}) AS use_day,
        (SELECT count(*) FROM signature WHERE entry_id = ${entry.id}) AS kinds`,
)
const { hosts, executions, ...ofIt } = counts ?? {}
print(`${executions} executions of ${hosts} hosts, ${busiest.executions} of ${busiest.slug}`)
print(`rows of it: ${JSON.stringify(ofIt)}`)

const plain = await measured(pool(), () =>
  pool().query('SELECT sum(executions), count(DISTINCT host_id) FROM usage WHERE entry_id = $1', [entry.id]),
)
report('plain aggregate of its usage', plain)
const slowest = { wall: 0, processor: 0 }
for (const [name, exceptions] of Object.entries(await exceptionsOf(entry.id))) {
  const block: Block = { slug: entry.slug, effect: 'execution', scope: { kind: 'fleet' }, exceptions }
  const whole = await measured(pool(), () => loadWhatIfNow(all, entry, block, 'edr', window))
  report(`${name}: with lists and days`, whole)
  slowest.wall = Math.max(slowest.wall, whole.wall)
  slowest.processor = Math.max(slowest.processor, processorOf(whole))
}
await closePool()
const kept = (ms: number) => (ms <= LIMIT_MS ? 'kept' : 'BROKEN')
print(
  `limit ${LIMIT_MS} ms for the slowest with all lists: ${kept(slowest.wall)} by the clock, ${kept(slowest.processor)} in processor time`,
)

/** As somebody adds them: the parents that start most of it, a host and its person, and in the end an account that is on every host. */
async function exceptionsOf(entryId: number): Promise<Record<string, BlockException[]>> {
  const more = { reason: '', until: null }
  const { rows: parents } = await pool().query<{ value: string }>(
    `SELECT s.content->'features'->>'parent' AS value FROM use_day u JOIN signature s ON s.id = u.signature_id
     WHERE u.entry_id = $1 AND s.content->'features'->>'parent' IS NOT NULL GROUP BY 1 ORDER BY sum(u.executions) DESC LIMIT 3`,
    [entryId],
  )
  const { rows: people } = await pool().query<{ host: number; name: string }>(
    `SELECT u.host_id AS host, p.name FROM host_use u JOIN principal p ON p.id = u.principal_id
     WHERE u.entry_id = $1 AND p.name LIKE 'CORP%' ORDER BY u.host_id, p.name LIMIT 1`,
    [entryId],
  )
  const ofParents = parents.map(({ value }) => ({ kind: 'parent' as const, value, ...more }))
  const ofPeople = people.flatMap(({ host, name }): BlockException[] => [
    { kind: 'host', id: host, ...more },
    { kind: 'user', value: name, ...more },
  ])
  return {
    'no exception': [],
    'three parents': ofParents,
    'a host and a person more': [...ofParents, ...ofPeople],
    'SYSTEM more': [...ofParents, ...ofPeople, { kind: 'user', value: 'S-1-5-18', ...more }],
  }
}

function report(what: string, measure: Measure): void {
  const { wall, database } = measure
  const processor = processorOf(measure)
  print(
    `${what.padEnd(44)} ${wall.toFixed(0).padStart(6)} ms by the clock, ${processor.toFixed(0).padStart(6)} ms of processor (database ${database.toFixed(0)}) = ${(processor / processorOf(plain)).toFixed(2)} of the plain aggregate`,
  )
}
