import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import { type Pool, pool as sharedPool } from '@/lib/store/pool'
import { readRetention } from '@/lib/store/retention'
import { listStoredMonths } from '@/lib/store/screens/retention'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { importBytes } from './ingest/import-bytes'
import { finishWork, queueRebuild } from './recompute/recompute'
import { letGoOfOld, setRetention } from './retention'

const ADMIN: Actor = { kind: 'system', name: 'test', scope: { kind: 'all' } }
const MINUTE = 60_000
const now = new Date()
const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
const lastMonth = new Date(thisMonth.getTime() - 5 * 86_400_000)
const long = new Date(thisMonth.getTime() - 100 * 86_400_000)

let pool: Pool
withTestDatabase()
beforeAll(async () => {
  pool = sharedPool()
})

const use = (at: Date) => ({
  host: 'ws-1',
  at: at.toISOString(),
  image: 'C:\\Windows\\System32\\rundll32.exe',
  commandLine: 'rundll32.exe shell32.dll,Control_RunDLL desk.cpl',
})
const count = async (table: string) =>
  Number((await pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n)
const never = () => false
const compute = () => finishWork(pool, () => undefined)

test('nothing is let go of until an administrator says so', async () => {
  await ingestExamples(pool, [use(long), use(lastMonth), use(thisMonth)])
  await compute()
  await letGoOfOld(pool, never)
  expect(await count('execution')).toBe(3)
  expect(await readRetention(pool)).toMatchObject({ factMonths: null, rawDays: null, keptFrom: null })
})

test('facts of older months go with their partitions; what was computed of them stays', async () => {
  const usage = await count('usage')
  await setRetention(ADMIN, { factMonths: 1, rawDays: null, version: 0 })
  await letGoOfOld(pool, never)
  await letGoOfOld(pool, never)
  expect(await count('execution')).toBe(2)
  expect(await count('usage')).toBe(usage)
  expect(await listStoredMonths()).toHaveLength(2)
})

test('a rebuild keeps what can no longer be computed', async () => {
  const before = await pool.query('SELECT * FROM usage ORDER BY day')
  await queueRebuild(pool)
  await compute()
  expect((await pool.query('SELECT * FROM usage ORDER BY day')).rows).toEqual(before.rows)
})

test('work asked of days that are gone starts where facts do', async () => {
  await pool.query("UPDATE host_work SET dirty_from = '2000-01-01', revision = revision + 1")
  const { rows } = await pool.query('SELECT dirty_from FROM host_work')
  expect(rows[0].dirty_from).toBe((await readRetention(pool)).keptFrom)
  await compute()
})

test('attempts of days that are gone stay counted, whoever marks their days', async () => {
  const day = long.toISOString().slice(0, 10)
  await pool.query(
    `INSERT INTO attempt_day (host_id, day, control, outcome, entry_id, attempts, first_at, last_at)
     SELECT id, $1::date, 0, 0, 0, 2, $1::date, $1::date FROM host`,
    [day],
  )
  await pool.query('INSERT INTO attempt_work (host_id, day) SELECT id, $1::date FROM host', [day])
  await compute()
  expect([await count('attempt_day'), await count('attempt_work')]).toEqual([1, 0])
})

test('records older than what is kept are refused with the reason, and the rest of their file is read', async () => {
  const record = (at: Date, pid: number) =>
    JSON.stringify({
      EventID: 1,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'ws-1',
      UtcTime: at.toISOString().replace('T', ' ').slice(0, 23),
      ProcessId: pid,
      Image: 'C:\\Windows\\System32\\mshta.exe',
      CommandLine: 'mshta.exe a.hta',
    })
  const lines = [record(long, 10), record(new Date(now.getTime() - MINUTE), 11)]
  await importBytes(pool, 'api', 'old-and-new.ndjson', Buffer.from(lines.join('\n')))
  const { rows } = await pool.query(
    "SELECT f.records, f.rejected, r.reason FROM import_file f JOIN rejection r ON r.import_file_id = f.id WHERE f.path = 'old-and-new.ndjson'",
  )
  expect(rows).toEqual([
    { records: 2, rejected: 1, reason: expect.stringContaining('older than what is kept') },
  ])
})

test('original records go after their days, and two administrators do not overwrite each other', async () => {
  expect(await count('raw_block')).toBeGreaterThan(0)
  const { version } = await readRetention(pool)
  await setRetention(ADMIN, { factMonths: 1, rawDays: 1, version })
  await expect(setRetention(ADMIN, { factMonths: null, rawDays: null, version })).rejects.toThrow(
    'Somebody else',
  )
  await letGoOfOld(pool, never)
  const { rows } = await pool.query('SELECT count(*)::int AS n FROM raw_block WHERE day < current_date - 1')
  expect(rows[0].n).toBe(0)
})
