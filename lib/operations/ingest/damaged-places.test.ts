import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { CHUNK_BYTES } from '@/fixtures/evtx/build-evtx'
import { SAMPLES } from '@/fixtures/evtx/samples'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, type ImportFileSummary, moveUpload } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

const WHOLE = SAMPLES['template-reuse'] ?? Buffer.alloc(0)
const NOISE = Buffer.alloc(CHUNK_BYTES, 'x')
const HEADER_BYTES = 4096

async function read(name: string, bytes: Buffer) {
  const uploadId = await createUpload(pool(), EXAMPLE_UPLOAD)
  const [file] = await importExample(pool(), memorySource(name, bytes), { uploadId })
  await moveUpload(pool(), uploadId, ['running'], 'done')
  const upload = await findUpload({ scope: { kind: 'all' }, actorId: null }, uploadId)
  return { file: file as ImportFileSummary, upload }
}

test('a damaged chunk is told and counts as no record', async () => {
  const { file: whole } = await read('whole.evtx', WHOLE)
  const { file, upload } = await read('damaged.evtx', Buffer.concat([WHOLE, NOISE]))
  const { records, rejected } = whole
  expect(records).toBeGreaterThan(0)
  expect(file).toMatchObject({ records, rejected, damaged: 1 })
  expect(file.rejections.map(({ reason }) => reason).join()).toMatch(/does not begin like a chunk/)
  expect(upload).toMatchObject({ records, rejected, damaged: 1 })
})

test('a log of which nothing but damage could be read is not done', async () => {
  const { file, upload } = await read('noise.evtx', Buffer.concat([WHOLE.subarray(0, HEADER_BYTES), NOISE]))
  expect(file).toMatchObject({ records: 0, rejected: 0 })
  expect(upload).toMatchObject({ state: 'done', shownState: 'unread' })
})

test('a file that ends too early tells so, and rejects no record', async () => {
  const packed = gzipSync(asLines(processes(0, 400).map(sysmonRecord)))
  const { file } = await read('torn.ndjson.gz', packed.subarray(0, packed.length - 200))
  expect(file).toMatchObject({ rejected: 0, damaged: 1, error: expect.stringMatching(/cut off/) })
  expect(file.executions).toBeGreaterThan(0)
})
