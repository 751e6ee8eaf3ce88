import { afterAll, beforeAll, expect, test } from 'vitest'
import { finishWork, queueRebuild } from '@/lib/operations/recompute/recompute'
import { createPool, type Pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { multiplyHosts } from './multiply-hosts'
import { seedFleet } from './seed-fleet'

const TIMES = 3
const fleet = { hosts: 8, days: 4, endDayUtc: 20_400, seed: 5, attacks: true, activity: true }
const database = withTestDatabase()
let owner: Pool
let hosts: number[]

beforeAll(async () => {
  owner = createPool(database().url)
  hosts = await seedFleet(owner, fleet)
  await multiplyHosts(owner, {
    hostIds: hosts,
    times: TIMES,
    allProcesses: true,
    onProgress: () => undefined,
  })
})
afterAll(async () => {
  await owner.end()
})

/** Everything derived that does not hang on scores, as text in order. */
async function derived(): Promise<Record<string, string[]>> {
  const columns = {
    usage:
      'host_id, day, entry_id, signature_id, principal_id, hours, first_at, last_at, executions, observed, anchors',
    host_use: '*',
    host_days: '*',
    use_day: 'entry_id, day, group_id, signature_id, executions, hours, first_at, last_at',
    coverage: '*',
    module_use: '*',
    network_use: '*',
    child_use: '*',
    attempt_day: '*',
    sigma_hit: '*',
  }
  const found: Record<string, string[]> = {}
  for (const [table, wanted] of Object.entries(columns)) {
    const { rows } = await owner.query<{ row: string }>(
      `SELECT row(t.*)::text AS row FROM (SELECT ${wanted} FROM ${table}) t ORDER BY 1`,
    )
    found[table] = rows.map(({ row }) => row)
  }
  return found
}

test('what is filled is what computing derives of it, scores aside', async () => {
  const filled = await derived()
  expect(filled['usage']?.length).toBeGreaterThan(100)
  await queueRebuild(owner)
  await finishWork(owner, () => undefined)
  const computed = await derived()
  for (const [table, rows] of Object.entries(computed))
    expect({ [table]: filled[table] }).toEqual({ [table]: rows })
})
test('each copy of a host has all that the original has, under names of its own, and every command line can be searched', async () => {
  const { rows } = await owner.query<{ [name: string]: string }>(
    `SELECT (SELECT count(*) FROM host) AS hosts, (SELECT count(DISTINCT name) FROM host) AS names,
       (SELECT count(*) FROM execution) AS executions, (SELECT count(*) FROM execution WHERE host_id = ANY($1)) AS originals,
       (SELECT count(*) FROM execution_with_texts e WHERE command_text_id IS NOT NULL AND command_line IS NULL
          OR parent_text_id IS NOT NULL AND parent_command_line IS NULL) AS unsearchable,
       (SELECT count(*) FROM execution e WHERE NOT EXISTS (SELECT FROM principal p WHERE p.id = e.principal_id) AND principal_id IS NOT NULL) AS unknown`,
    [hosts],
  )
  const [{ executions, originals, ...counts } = {}] = rows
  expect(Number(executions)).toBe(Number(originals) * TIMES)
  expect(counts).toEqual({
    hosts: String(hosts.length * TIMES),
    names: String(hosts.length * TIMES),
    unsearchable: '0',
    unknown: '0',
  })
})
