import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SAMPLES } from '@/fixtures/evtx/samples'
import { paxRecord, tarOf } from '@/fixtures/tar'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload } from '@/lib/store/imports'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { type ByteSource, memorySource } from './byte-source'
import { importExample } from './example-import'
import type { ImportContext } from './import-source'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  await ensureCatalogue(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const read = (source: ByteSource, options?: Partial<ImportContext>) => importExample(pool, source, options)

/** A Sysmon process creation as winlogbeat 7 writes it. */
function sysmon(index: number, host = 'ws-1.corp.example'): string {
  const at = new Date(Date.UTC(2026, 2, 3, 9, 0, index)).toISOString()
  return JSON.stringify({
    '@timestamp': at,
    winlog: {
      computer_name: host,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      event_id: 1,
      record_id: index,
      event_data: {
        UtcTime: at.replace('T', ' ').replace('Z', ''),
        ProcessGuid: `{00000000-0000-0000-0000-${String(index).padStart(12, '0')}}`,
        ProcessId: String(1000 + index),
        Image: 'C:\\Windows\\System32\\rundll32.exe',
        CommandLine: 'rundll32.exe shell32.dll,Control_RunDLL',
        ParentImage: 'C:\\Windows\\explorer.exe',
        User: 'CORP\\ada',
      },
    },
  })
}

function ndjson(from: number, to: number): Buffer {
  const lines = Array.from({ length: to - from }, (_, index) => sysmon(from + index))
  return Buffer.from(`${lines.join('\n')}\n`)
}

test.each([
  ['a text file named .evtx', 'notes.evtx', Buffer.from('just some notes\nand more'), /text/],
  ['an empty file', 'empty.json', Buffer.alloc(0), /empty/],
  [
    'a pointer in place of the log',
    'big.log',
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:1'),
    /LFS/,
  ],
  ['a picture', 'picture.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0]), /neither/],
])('%s is rejected with its reason', async (_, name, bytes, reason) => {
  const [file] = await read(memorySource(name, bytes))
  expect(file).toMatchObject({ path: name, state: 'rejected', error: expect.stringMatching(reason) })
})

test('a CSV without the columns says which are missing', async () => {
  const [file] = await read(memorySource('x.csv', Buffer.from('name,colour,size\na,red,1\nb,blue,2\n')))
  expect(file?.executions).toBe(0)
  expect(`${file?.error} ${file?.rejections.map(({ reason }) => reason).join(' ')}`).toMatch(/column/i)
})

test('a broken record costs itself alone', async () => {
  const bytes = Buffer.concat([
    ndjson(100, 102),
    Buffer.from('{"winlog": {"event_id": 1, \n'),
    ndjson(102, 104),
  ])
  const [file] = await read(memorySource('broken.ndjson', bytes))
  expect(file).toMatchObject({ state: 'done', executions: 4 })
  expect(file?.rejected).toBeGreaterThan(0)
})

test('a line of 100 MB is one rejection, in memory that stays flat', async () => {
  async function* bytes() {
    yield ndjson(200, 201)
    yield Buffer.from('{"winlog":{"x":"')
    for (let piece = 0; piece < 100; piece++) yield Buffer.alloc(1024 * 1024, 0x61)
    yield Buffer.from('"}}\n')
    yield ndjson(201, 202)
  }
  const source = {
    ...memorySource('line.ndjson', Buffer.alloc(0)),
    sizeBytes: 100 * 1024 * 1024,
    stream: bytes,
  }
  const before = process.memoryUsage().arrayBuffers
  const [file] = await read(source)
  expect(file).toMatchObject({ executions: 2, rejected: 1 })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024)
})

test('a cut-off EVTX keeps what came before the cut, and says so', async () => {
  const bytes = SAMPLES['cut-off-in-record'] ?? Buffer.alloc(0)
  const [file] = await read(memorySource('cut.evtx', bytes))
  expect(file).toMatchObject({ format: 'evtx', state: 'done' })
  expect(file?.rejections.map(({ reason }) => reason).join(' ')).toMatch(/cut|broken|end/i)
})

test('archives are opened, and a member path that climbs is only a name', async () => {
  const tar = pack()
  tar.entry({ name: '../../etc/logs.json' }, ndjson(300, 303))
  tar.entry({ name: '__MACOSX/._logs.json' }, 'x')
  tar.finalize()
  const pieces: Buffer[] = []
  for await (const piece of tar) pieces.push(piece as Buffer)
  const files = await read(memorySource('logs.tar.gz', gzipSync(Buffer.concat(pieces))))
  expect(files.map(({ path, executions }) => ({ path, executions }))).toEqual([
    { path: 'logs.tar/etc/logs.json', executions: 3 },
  ])
})

test('a gzip bomb is refused, and the import goes on', async () => {
  const [file] = await read(memorySource('bomb.gz', gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))))
  expect(file?.state === 'rejected' || file?.error !== null).toBe(true)
})

test('a tar whose headers multiply is rejected with its reason', async () => {
  const headers = Array.from({ length: 20 }, () => ['x', paxRecord('a', 'b')] as const)
  const [file] = await read(memorySource('headers.tar.gz', gzipSync(tarOf(headers))))
  expect(file).toMatchObject({ state: 'rejected', error: expect.stringMatching(/long headers of the tar/) })
})

test('who cancels an archive in which no file was found yet stops it, and it is no damage', async () => {
  const folders = Array.from({ length: 2_000 }, () => ['5', Buffer.alloc(0)] as const)
  let [clock, isCancelled, looks] = [0, false, 0]
  const passing = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1_000))
  const whileLooking = async () => {
    looks++
    isCancelled = true
  }
  try {
    const source = memorySource('folders.tar.gz', gzipSync(tarOf(folders)))
    expect(await read(source, { whileLooking, isCancelled: () => isCancelled })).toEqual([])
    expect(looks).toBe(1)
  } finally {
    passing.mockRestore()
  }
})

test('an interrupted import goes on at its checkpoint and counts nothing twice', async () => {
  const uploadId = await createUpload(pool, EXAMPLE_UPLOAD)
  const source = memorySource('long.ndjson', ndjson(1_000, 13_000))
  let batches = 0
  const afterBatch = async () => {
    batches++
  }
  const [first] = await read(source, { uploadId, afterBatch, isCancelled: () => batches > 0 })
  expect(first).toMatchObject({ state: 'running', executions: 5_000 })
  const [second] = await read(source, { uploadId })
  expect(second).toMatchObject({ state: 'done', records: 12_000, executions: 12_000, executionsDuplicate: 0 })
})

test('a batch that cannot be written ends the import as it is, and is no damage of the file', async () => {
  const uploadId = await createUpload(pool, EXAMPLE_UPLOAD)
  const source = memorySource('broken-off.ndjson', ndjson(20_000, 32_000))
  const afterBatch = async () => {
    throw new Error('Connection terminated unexpectedly')
  }
  await expect(read(source, { uploadId, afterBatch })).rejects.toThrow('Connection terminated')
  const [file] = await read(source, { uploadId })
  expect(file).toMatchObject({ state: 'done', records: 12_000, executions: 12_000, error: null })
})

test('the same file again is all duplicates', async () => {
  const [file] = await read(memorySource('again.ndjson', ndjson(1_000, 1_050)))
  expect(file).toMatchObject({ executions: 0, executionsDuplicate: 50 })
})

test('a record from the future is set aside with its date', async () => {
  const line = sysmon(1).replaceAll('2026-03-03', '2999-03-03')
  const [file] = await read(memorySource('future.ndjson', Buffer.from(line)))
  expect(file?.rejections[0]?.reason).toMatch(/2999.*future/)
})

test('a clock that says 1970 makes no partitions: its records are set aside with their date', async () => {
  const line = sysmon(1).replaceAll('2026-03-03', '1970-01-01')
  const [file] = await read(memorySource('reset.ndjson', Buffer.from(line)))
  expect(file?.rejections[0]?.reason).toMatch(/1970.*clock/)
  const { rows } = await pool.query("SELECT FROM pg_class WHERE relname = 'process_1970_01'")
  expect(rows).toEqual([])
})

test('hostile text is stored as it is, NULs shown', async () => {
  const hostile = sysmon(50_000).replace(
    'Control_RunDLL',
    "Control_RunDLL\\u0000';DROP TABLE host;--\\u202e<script>\\t\\\\N",
  )
  await read(memorySource('hostile.ndjson', Buffer.from(hostile)))
  const { rows } = await pool.query(
    "SELECT command_line FROM execution_with_texts WHERE command_line LIKE '%DROP TABLE%'",
  )
  expect(rows[0].command_line).toBe(
    "rundll32.exe shell32.dll,Control_RunDLL␀';DROP TABLE host;--\u202e<script>\t\\N",
  )
})

/** A tar archive of these files. */
async function tar(files: readonly (readonly [name: string, content: Buffer])[]): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of files) archive.entry({ name }, content)
  archive.finalize()
  const pieces: Uint8Array[] = []
  for await (const piece of archive) pieces.push(piece as Uint8Array)
  return Buffer.concat(pieces)
}

test('files of an archive are read whatever they are called: long, hostile, or like another one', async () => {
  const names = [
    'a\u202e.json',
    `${'漢'.repeat(3000)}.json`,
    `${'漢'.repeat(3001)}.json`,
    'same.json',
    'same.json',
  ]
  const files = await read(
    memorySource(
      'names.tar',
      await tar(names.map((name, index) => [name, ndjson(index, index + 1)] as const)),
    ),
  )
  expect(files.map(({ state, records }) => ({ state, records }))).toEqual(
    names.map(() => ({ state: 'done', records: 1 })),
  )
  expect(new Set(files.map(({ path }) => path)).size).toBe(names.length)
})

test('archives in archives that multiply their expansion are refused as a whole', async () => {
  const line = Buffer.alloc(32 * 1024 * 1024, ' ')
  line.write('{"a":')
  const inner = gzipSync(line)
  const files = await read(
    memorySource(
      'bomb.tar.gz',
      gzipSync(await tar(Array.from({ length: 8 }, (_, index) => [`${index}.gz`, inner] as const))),
    ),
  )
  expect(files.at(-1)).toMatchObject({
    state: 'rejected',
    error: expect.stringMatching(/decompression bomb/),
  })
  expect(files.length).toBeLessThan(8)
})
