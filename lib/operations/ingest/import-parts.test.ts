import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asLines, defenderRecord, processes, securityRecord, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, type ImportFileSummary } from '@/lib/store/imports'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import type { ImportContext } from './import-source'
import { ReaderThreads } from './reader-threads'

const PART_BYTES = 24 * 1024

type Store = { pool: Pool; database: TestDatabase; threads: ReaderThreads }

/** An empty database, with threads that read for it: they start when a part is given to them. */
async function open(): Promise<Store> {
  const database = await createTestDatabase()
  const pool = createPool(database.appUrl)
  await ensureCatalogue(pool)
  return { pool, database, threads: new ReaderThreads(pool, 2, PART_BYTES) }
}

async function close({ pool, database, threads }: Store): Promise<void> {
  await threads.end()
  await pool.end()
  await database.drop()
}

/** Filled by one reader, once. */
let one: Store
let whole: ImportFileSummary | undefined
let expected: Record<string, unknown[]>
beforeAll(async () => {
  one = await open()
  ;[whole] = await read(one, LOG)
  expected = await stored(one)
})
afterAll(() => close(one))

let other: Store
beforeEach(async () => {
  other = await open()
})
afterEach(() => close(other))

const read = ({ pool }: Store, bytes: Buffer, options?: Partial<ImportContext>) =>
  importExample(pool, memorySource('events.ndjson', bytes), options)

const STORED = {
  executions: `SELECT h.name, e.occurred_at, e.id, e.sensor, e.pid, e.process_guid, e.image_id, e.launch_id, e.principal_id, e.anchor_id, e.anchor_at, e.entry_id,
      e.command_line, e.parent_command_line, e.record_id FROM execution_with_texts e JOIN host h ON h.id = e.host_id ORDER BY 1, 2, 3`,
  processes: `SELECT h.name, p.occurred_at, p.id, p.sensor, p.pid, p.command_line FROM process p JOIN host h ON h.id = p.host_id ORDER BY 1, 2, 3`,
  originals: `SELECT h.name, b.day, sum(b.records) AS records FROM raw_block b JOIN host h ON h.id = b.host_id GROUP BY 1, 2 ORDER BY 1, 2`,
  rejections: `SELECT position, record_id, reason FROM rejection ORDER BY 1, 3`,
  files: `SELECT checkpoint, records, rejected, hostless, processes, processes_duplicate, executions, executions_duplicate, events_by_kind, first_at, last_at, state, error
      FROM import_file`,
  work: `SELECT h.name, w.dirty_from, w.sensors FROM host_work w JOIN host h ON h.id = w.host_id ORDER BY 1`,
  names: `SELECT a.alias, h.name FROM host_alias a JOIN host h ON h.id = a.host_id ORDER BY 1`,
  dictionaries: `SELECT 'image', id FROM image UNION ALL SELECT 'launch', id FROM launch UNION ALL SELECT 'principal', id FROM principal
      UNION ALL SELECT 'text', id FROM command_text ORDER BY 1, 2`,
}

/** All that an import stores, hosts by their names: their numbers are the order in which they came. */
async function stored({ pool }: Store): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const [name, text] of Object.entries(STORED)) found[name] = (await pool.query(text)).rows
  return found
}

const HOSTS = ['ws-1.corp.example', 'ws-2.corp.example', 'WS-1', 'srv-9.corp.example']

/** What three sensors say of some processes, some of it twice, with lines between that are none of theirs. */
function log(): string[] {
  const records = HOSTS.flatMap((host) => processes(0, 60, { host }))
  const lines = [
    ...records.map(sysmonRecord),
    ...records.filter(({ number }) => number % 3 === 0).map(securityRecord),
    ...records.filter(({ number }) => number % 4 === 0).map(defenderRecord),
    ...records.slice(10, 40).map(sysmonRecord),
    ...processes(0, 20, { host: null }).map(sysmonRecord),
  ]
  return lines.flatMap((line, index) =>
    index % 37 === 0 ? [line, '{"EventID":1,"broken', '{"no":"event"}'] : [line],
  )
}

const LOG = asLines(log())

test('a file read in parts by several threads is stored as one reader stores it; what is stored is told as it grows', async () => {
  expect(LOG.length / PART_BYTES).toBeGreaterThan(10)
  const seen: number[] = []
  await read(other, LOG, { threads: other.threads, onProgress: ({ records }) => void seen.push(records) })
  expect(await stored(other)).toEqual(expected)
  expect(whole?.executions).toBeGreaterThan(0)
  expect(whole?.rejected).toBeGreaterThan(0)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.length).toBeGreaterThan(5)
})

test.each([
  ['one text over many lines', JSON.stringify(log().slice(0, 300).flatMap(parsed), null, 1)],
  [
    'lines, and texts over many lines behind them',
    `${log().slice(0, 300).join('\n')}\n${JSON.stringify(log().slice(300).flatMap(parsed), null, 1)}`,
  ],
  ['UTF-16', Buffer.from(`\ufeff${log().slice(0, 200).join('\n')}\n`, 'utf16le')],
])('what cannot be told apart by its lines goes on with one reader: %s', async (_, text) => {
  const bytes = Buffer.from(text as string)
  const alone = await open()
  await read(alone, bytes)
  await read(other, bytes, { threads: other.threads })
  expect(await stored(other)).toEqual(await stored(alone))
  await close(alone)
})

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

describe('an import that was stopped between two parts', () => {
  test.each<[number, string, (threads: ReaderThreads) => ReaderThreads | undefined]>([
    [1, 'threads that read smaller parts', () => new ReaderThreads(other.pool, 2, PART_BYTES / 3)],
    [3, 'the same threads', (threads) => threads],
    [7, 'one reader', () => undefined],
  ])('after %i of them, goes on there by %s, and counts nothing twice', async (parts, _, continuingFrom) => {
    const uploadId = await createUpload(other.pool, EXAMPLE_UPLOAD)
    let batches = 0
    const [stopped] = await read(other, LOG, {
      uploadId,
      threads: other.threads,
      afterBatch: async () => void batches++,
      isCancelled: () => batches >= parts,
    })
    expect(stopped).toMatchObject({ state: 'running' })
    const threads = continuingFrom(other.threads)
    const [file] = await read(other, LOG, { uploadId, ...(threads && { threads }) })
    await threads?.end()
    expect(file).toMatchObject({ state: 'done', records: whole?.records, rejected: whole?.rejected })
    const { executions, originals, processes: others } = expected
    expect(await stored(other)).toMatchObject({ executions, originals, processes: others })
  })
})

test('an import whose threads end fails as the database does, and goes on when it is begun again', async () => {
  const uploadId = await createUpload(other.pool, EXAMPLE_UPLOAD)
  const endThreads = () => other.threads.end()
  await expect(
    read(other, LOG, { uploadId, threads: other.threads, afterBatch: endThreads }),
  ).rejects.toMatchObject({ code: 'ERR_THREAD' })
  await read(other, LOG, { uploadId, threads: other.threads })
  expect(await stored(other)).toEqual(expected)
})

test('a damaged archive keeps the records before the damage, and says so', async () => {
  const packed = gzipSync(LOG)
  const [file] = await read(other, packed.subarray(0, packed.length - 2_000), { threads: other.threads })
  expect(file).toMatchObject({ state: 'done', error: expect.stringMatching(/damaged or cut off/) })
  expect(file?.executions).toBeGreaterThan(0)
})
