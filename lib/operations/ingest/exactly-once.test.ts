import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  asLines,
  defenderRecord,
  type OneProcess,
  processes,
  securityRecord,
  sysmonRecord,
} from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import type { ImportFileSummary } from '@/lib/store/imports'
import { findRawRecord } from '@/lib/store/ingest/raw-blocks'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import { ingestEvents } from './ingest-events'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

const read = (name: string, bytes: Uint8Array, defaultHost: string | null = null) =>
  importExample(pool(), memorySource(name, bytes), { defaultHost })

function sum(files: readonly ImportFileSummary[]) {
  const total = (of: (file: ImportFileSummary) => number) => files.reduce((all, file) => all + of(file), 0)
  return {
    executions: total(({ executions }) => executions),
    duplicates: total(({ executionsDuplicate }) => executionsDuplicate),
    processes: total(({ processes: found }) => found),
  }
}

/** Executions of a host as people count them, and the records that they rest on. */
async function stored(host: string): Promise<{ executions: number; records: number; processes: number }> {
  const { rows } = await pool().query(
    `SELECT (SELECT count(*)::int FROM execution e WHERE e.host_id = h.id AND e.anchor_id = e.id) AS executions,
       (SELECT count(*)::int FROM execution e WHERE e.host_id = h.id) AS records,
       (SELECT count(*)::int FROM creation p WHERE p.host_id = h.id) AS processes
     FROM host h JOIN host_alias a ON a.host_id = h.id WHERE a.alias = $1`,
    [host],
  )
  return rows[0]
}

test('two exports that overlap store each event once, whichever comes first', async () => {
  for (const order of ['early first', 'late first']) {
    const host = `${order.replace(' ', '-')}.corp.example`
    const early = asLines(processes(0, 30, { host }).map(sysmonRecord))
    const late = asLines(processes(20, 50, { host }).map(sysmonRecord))
    const [first, second] = order === 'early first' ? [early, late] : [late, early]
    expect(sum(await read('a.ndjson', first))).toMatchObject({ executions: 30, duplicates: 0 })
    expect(sum(await read('b.ndjson', second))).toMatchObject({ executions: 20, duplicates: 10 })
    expect(await stored(host)).toEqual({ executions: 50, records: 50, processes: 50 })
  }
})

test('each execution keeps its own original record, also where its neighbours were stored before', async () => {
  const host = 'originals.corp.example'
  const records = processes(0, 40, { host }).map(sysmonRecord)
  await read('some.ndjson', asLines([...records.slice(5, 12), ...records.slice(30, 31)]))
  await read('all.ndjson', asLines([...records, ...records.slice(0, 3)]))
  const { rows } = await pool().query(
    `SELECT e.host_id, e.raw_block_id, e.raw_index FROM execution e
     JOIN host_alias a ON a.id = e.alias_id WHERE a.alias = $1 ORDER BY e.occurred_at`,
    [host],
  )
  const originals: (string | null)[] = []
  for (const row of rows)
    originals.push(await findRawRecord(pool(), { kind: 'all' }, row.host_id, row.raw_block_id, row.raw_index))
  expect(originals).toEqual(records)
  const blocks = await pool().query(
    'SELECT sum(records)::int AS records FROM raw_block b JOIN host_alias a ON a.id = b.alias_id WHERE a.alias = $1',
    [host],
  )
  expect(blocks.rows).toEqual([{ records: 40 }])
})

test('what a release before stored by another identity is known again', async () => {
  const host = 'defended.corp.example'
  const records = processes(0, 6, { host }).map(defenderRecord)
  await read('first.ndjson', asLines(records.slice(0, 5)))
  // the others are known by their own
  for (const record of records.slice(0, 3)) {
    const result = toEvent({ position: 1, recordId: null, fields: JSON.parse(record) }, { defaultHost: null })
    const { recordKey, formerKey = '' } = (result as { event: ProcessCreation }).event
    const ids = [recordKey, formerKey].map((key) => hash64('record', key))
    const { rowCount } = await pool().query(
      'UPDATE execution SET id = $2, anchor_id = $2 WHERE id = $1 AND id <> $2',
      ids,
    )
    expect(rowCount).toBe(1)
  }
  // not the same file, which would be known as a whole
  const again = asLines(records.toReversed())
  expect(sum(await read('again.ndjson', again))).toMatchObject({ executions: 1, duplicates: 5 })
  expect(await stored(host)).toEqual({ executions: 6, records: 6, processes: 6 })
})

test('an event repeated within a file is stored once, within a batch and across batches', async () => {
  const host = 'repeats.corp.example'
  const records = processes(0, 3000, { host }).map(sysmonRecord)
  const twice = asLines([...records, ...records.toReversed(), ...records.slice(0, 7)])
  expect(sum(await read('twice.ndjson', twice))).toMatchObject({ executions: 3000, duplicates: 3007 })
  expect(await stored(host)).toEqual({ executions: 3000, records: 3000, processes: 3000 })
})

test('the same events in another wrapping, or beside their own archive, are the same events', async () => {
  const host = 'wrapped.corp.example'
  const bytes = asLines(processes(0, 20, { host }).map(sysmonRecord))
  const array = Buffer.from(`[${bytes.toString('utf8').trim().split('\n').join(',\n')}]`)
  expect(sum(await read('plain.ndjson', bytes)).executions).toBe(20)
  expect(sum(await read('packed.ndjson.gz', gzipSync(bytes)))).toMatchObject({
    executions: 0,
    duplicates: 20,
  })
  expect(sum(await read('array.json', array))).toMatchObject({ executions: 0, duplicates: 20 })
})

const SENSORS = {
  sysmon: sysmonRecord,
  security: securityRecord,
  defender: defenderRecord,
} satisfies Record<string, (process: OneProcess) => string>
type SensorName = keyof typeof SENSORS

const ORDERS: SensorName[][] = [
  ['sysmon', 'security', 'defender'],
  ['sysmon', 'defender', 'security'],
  ['security', 'sysmon', 'defender'],
  ['security', 'defender', 'sysmon'],
  ['defender', 'sysmon', 'security'],
  ['defender', 'security', 'sysmon'],
]

test.each(ORDERS)(
  'one process that %s, %s and %s report, in this order, is one execution',
  async (...order) => {
    const host = `${order.join('-')}.corp.example`
    const all = processes(0, 10, { host })
    for (const [index, sensor] of order.entries()) {
      const files = await read(`${sensor}.ndjson`, asLines(all.map(SENSORS[sensor])))
      expect(sum(files).executions).toBe(index === 0 ? 10 : 0)
    }
    expect(await stored(host)).toEqual({ executions: 10, records: 30, processes: 30 })
    const { rows } = await pool().query(
      `SELECT DISTINCT a.sensor FROM execution e JOIN execution a ON a.host_id = e.host_id AND a.id = e.anchor_id
     JOIN host_alias n ON n.host_id = e.host_id WHERE n.alias = $1`,
      [host],
    )
    // Sysmon's record speaks for the process
    expect(rows).toEqual([{ sensor: 0 }])
  },
)

test('three sensors in one shuffled file say the same', async () => {
  const host = 'shuffled.corp.example'
  const all = processes(0, 10, { host })
  const records = all.flatMap((process, index) =>
    (ORDERS[index % ORDERS.length] ?? []).map((sensor) => SENSORS[sensor](process)),
  )
  expect(sum(await read('all.ndjson', asLines(records)))).toMatchObject({ executions: 10, duplicates: 20 })
  expect(await stored(host)).toEqual({ executions: 10, records: 30, processes: 30 })
})

test('a shipper that sends again what it did not hear an answer to stores it once', async () => {
  const host = 'shipped.corp.example'
  async function* body(records: readonly string[]) {
    yield asLines(records)
  }
  const records = processes(0, 40, { host }).map(sysmonRecord)
  const shipper = systemActor('filebeat')
  expect(await ingestEvents(shipper, body(records.slice(0, 25)))).toMatchObject({
    executions: 25,
    duplicates: 0,
  })
  expect(await ingestEvents(shipper, body(records))).toMatchObject({ executions: 15, duplicates: 25 })
  // several workers of it at once
  await Promise.all([1, 2, 3].map(() => ingestEvents(shipper, body(records))))
  expect(await stored(host)).toEqual({ executions: 40, records: 40, processes: 40 })
})

test('importers of the same file at once store each event once and count each once between them', async () => {
  const host = 'at-once.corp.example'
  const bytes = asLines(processes(0, 12_000, { host }).map(sysmonRecord))
  const all = await Promise.all([1, 2, 3].map((number) => read(`${number}.ndjson`, bytes)))
  expect(sum(all.flat())).toMatchObject({ executions: 12_000, duplicates: 24_000, processes: 12_000 })
  expect(await stored(host)).toEqual({ executions: 12_000, records: 12_000, processes: 12_000 })
})

const DATA = path.resolve('../shared/data')

describe.skipIf(!existsSync(DATA))('of real logs in ../shared/data (skipped where they are absent)', () => {
  /** The same Sysmon log as several tools exported it. */
  const EXPORTS = [
    'derived/sysmon.evtx_dump.jsonl',
    'derived/sysmon.winlogbeat.ndjson',
    'derived/sysmon.eventviewer.xml',
  ]
  const EVTX =
    'evtx-to-mitre-attack/TA0005-Defense_Evasion/T1140-Deobfuscate-Decode_Files_or_Information/ID4688-Certutil_download.evtx'

  test('one log in three export formats is stored once', async () => {
    const [first, ...others] = EXPORTS.map((name) => readFileSync(path.join(DATA, name)))
    const one = sum(await read('first', first ?? Buffer.alloc(0)))
    expect(one.processes).toBeGreaterThan(0)
    for (const other of others)
      expect(sum(await read('other', other))).toEqual({
        executions: 0,
        duplicates: one.executions + one.duplicates,
        processes: 0,
      })
  })
  test('an event log imported again, and packed, is all duplicates', async () => {
    const bytes = readFileSync(path.join(DATA, EVTX))
    const first = sum(await read('log.evtx', bytes))
    expect(first.executions).toBeGreaterThan(0)
    for (const [name, content] of [['log.evtx', bytes] as const, ['log.evtx.gz', gzipSync(bytes)] as const])
      expect(sum(await read(name, content))).toMatchObject({
        executions: 0,
        duplicates: first.executions + first.duplicates,
        processes: 0,
      })
  })
})
