import { beforeAll, expect, test } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { today } from '@/lib/clock'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { findRawRecord } from '@/lib/store/ingest/raw-blocks'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import { gatherRecords } from './gather-records'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

const never = () => false
const send = (records: readonly string[]) =>
  importExample(pool(), memorySource('sent.ndjson', asLines([...records])), { defaultHost: null })

/** What the pages of a host's executions show as original records, in order of time; of many executions every so-manieth. */
async function originals(host: string, every = 1): Promise<(string | null)[]> {
  const { rows } = await pool().query(
    `SELECT * FROM (
       SELECT e.host_id, e.raw_block_id, e.raw_index, row_number() OVER (ORDER BY e.occurred_at, e.id) - 1 AS at
       FROM execution e JOIN host_alias a ON a.id = e.alias_id WHERE a.alias = $1) AS ordered
     WHERE at % $2 = 0 ORDER BY at`,
    [host, every],
  )
  return await Promise.all(
    rows.map((row) => findRawRecord(pool(), { kind: 'all' }, row.host_id, row.raw_block_id, row.raw_index)),
  )
}

async function blocks(
  host: string,
): Promise<{ blocks: number; records: number; bytes: number; loose: number }> {
  const { rows } = await pool().query(
    `SELECT count(*)::int AS blocks, sum(records)::int AS records, sum(length(content))::int AS bytes,
       (count(*) FILTER (WHERE last_id IS NULL))::int AS loose
     FROM raw_block b JOIN host_alias a ON a.id = b.alias_id WHERE a.alias = $1`,
    [host],
  )
  return rows[0]
}

/** A host's records, one a minute from the beginning of a day on. */
const recordsOf = (host: string, count: number) => processes(0, count, { host }).map(sysmonRecord)

test('records that shippers brought one by one lie together once their day is over, and each execution shows its own', async () => {
  const [one, other] = ['one.corp.example', 'other.corp.example']
  const records = { [one]: recordsOf(one, 24), [other]: recordsOf(other, 8) }
  for (let at = 0; at < 24; at++)
    await send(Object.values(records).flatMap((lines) => lines.slice(at, at + 1)))
  const before = await blocks(one)
  expect(before).toMatchObject({ blocks: 24, records: 24, loose: 24 })
  await gatherRecords(pool(), never)
  const after = await blocks(one)
  expect(after).toMatchObject({ blocks: 1, records: 24, loose: 0 })
  expect(after.bytes).toBeLessThan(before.bytes / 3)
  for (const host of [one, other]) expect(await originals(host)).toEqual(records[host])
})

test('what comes in later for such a day is gathered as well', async () => {
  const host = 'late.corp.example'
  const records = recordsOf(host, 30)
  for (const batch of [records.slice(20, 22), records.slice(0, 1)]) await send(batch)
  await gatherRecords(pool(), never)
  await send(records.slice(5, 20))
  for (const batch of [records.slice(22), records.slice(1, 5)]) await send(batch)
  expect(await originals(host)).toEqual(records)
  await gatherRecords(pool(), never)
  expect(await blocks(host)).toMatchObject({ blocks: 1, records: 30, loose: 0 })
  expect(await originals(host)).toEqual(records)
  await gatherRecords(pool(), never)
  expect(await originals(host)).toEqual(records)
})

test('no block becomes so large that one of its records is slow to show, and large ones stay as they are', async () => {
  const host = 'busy.corp.example'
  const records = recordsOf(host, 2_400)
  await send(records.slice(0, 1_200))
  for (let at = 1_200; at < 2_400; at += 400) await send(records.slice(at, at + 400))
  await gatherRecords(pool(), never)
  const { rows } = await pool().query(
    'SELECT records FROM raw_block b JOIN host_alias a ON a.id = b.alias_id WHERE a.alias = $1 ORDER BY records',
    [host],
  )
  expect(rows.reduce((sum, row) => sum + row.records, 0)).toBe(2_400)
  expect(rows.filter((row) => row.records > 1_000).map((row) => row.records)).toEqual([1_200])
  expect(await originals(host, 97)).toEqual(records.filter((_, at) => at % 97 === 0))
})

test('two workers at once gather each record once', async () => {
  const host = 'shared.corp.example'
  const records = recordsOf(host, 12)
  for (const record of records) await send([record])
  await Promise.all([gatherRecords(pool(), never), gatherRecords(pool(), never)])
  expect(await blocks(host)).toMatchObject({ records: 12, loose: 0 })
  expect(await originals(host)).toEqual(records)
})

test('what is left when a turn is over is gathered in the next', async () => {
  const host = 'backlog.corp.example'
  const records = recordsOf(host, 6)
  for (const record of records) await send([record])
  expect(await gatherRecords(pool(), () => true)).toBe(true)
  expect(await blocks(host)).toMatchObject({ blocks: 6, loose: 6 })
  expect(await gatherRecords(pool(), never)).toBe(false)
  expect(await blocks(host)).toMatchObject({ blocks: 1, loose: 0 })
})

test('days that go on are left alone', async () => {
  const host = 'now.corp.example'
  const present = `${today()}T00:00:00Z`
  for (const seconds of [1, 2])
    await send([
      JSON.stringify({
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Computer: host,
        UtcTime: new Date(Date.parse(present) + seconds * 1000).toISOString().replace('T', ' ').slice(0, 23),
        ProcessId: seconds,
        Image: 'C:\\Windows\\System32\\mshta.exe',
        CommandLine: 'mshta.exe a.hta',
      }),
    ])
  await gatherRecords(pool(), never)
  expect(await blocks(host)).toMatchObject({ blocks: 2, loose: 2 })
})
