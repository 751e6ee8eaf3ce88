import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { exportRejections } from '@/lib/store/exports/rejections'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import {
  explainUploadFiles,
  FILE_STATES,
  listUploadFiles,
  parseRejectionRequest,
} from '@/lib/store/screens/import-files'
import { findUpload, type ImportViewer, listUploads, type UploadSort } from '@/lib/store/screens/imports'
import type { SearchParams, TableRequest } from '@/lib/store/screens/table-request'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

const VIEWER: ImportViewer = { scope: { kind: 'all' }, actorId: null }

/** An upload of these files that was gone through; answers its id. */
async function read(files: Readonly<Record<string, Buffer>>): Promise<string> {
  const uploadId = await createUpload(pool(), EXAMPLE_UPLOAD)
  for (const [name, bytes] of Object.entries(files))
    await importExample(pool(), memorySource(name, bytes), { uploadId })
  await moveUpload(pool(), uploadId, ['running'], 'done')
  return uploadId
}

const REQUEST = { q: '', descending: true, page: 1, pageSize: 50, after: null, filters: {} } as const

async function listed(state: string): Promise<string[]> {
  const request: TableRequest<UploadSort> = { ...REQUEST, sort: 'created', filters: { state: [state] } }
  return (await listUploads(VIEWER, request)).rows.map(({ id }) => id)
}

test('an import of which no file could be read is shown, and found, as rejected and not as done', async () => {
  const notes = Buffer.from('just some notes\nand more')
  const log = asLines(processes(0, 3).map(sysmonRecord))
  const unread = await read({ 'notes.txt': notes, 'more.txt': notes })
  const partly = await read({ 'notes.txt': notes, 'log.ndjson': log })
  const empty = await read({})
  expect(await listed('rejected')).toEqual([unread])
  expect(new Set(await listed('done'))).toEqual(new Set([partly, empty]))
  expect(await findUpload(VIEWER, unread)).toMatchObject({ state: 'done', shownState: 'rejected' })
  expect(await findUpload(VIEWER, partly)).toMatchObject({ state: 'done', shownState: 'done' })
})

test('imports are sorted by rejected records, and by rejected files where no record was', async () => {
  const notes = Buffer.from('just some notes\nand more')
  const lines = asLines(processes(10, 3).map(sysmonRecord))
  const records = await read({ 'torn.ndjson': Buffer.concat([lines, Buffer.from('{"torn\n')]) })
  const two = await read({ 'a.txt': notes, 'b.txt': notes })
  const one = await read({ 'c.txt': notes })
  const { rows } = await listUploads(VIEWER, { ...REQUEST, sort: 'rejected' })
  const order = rows.map(({ id }) => id)
  expect(order[0]).toBe(records)
  expect(order.indexOf(two)).toBeLessThan(order.indexOf(one))
  expect(rows.at(-1)).toMatchObject({ rejected: 0, filesRejected: 0 })
})

test('files are found by every state that they are shown in', async () => {
  const uploadId = await createUpload(pool(), EXAMPLE_UPLOAD)
  await pool().query(
    "INSERT INTO import_file (upload_id, path, state) VALUES ($1, 'log.ndjson', 'running')",
    [uploadId],
  )
  const found = async (state: string) =>
    (await listUploadFiles(VIEWER, uploadId, { ...REQUEST, sort: 'path', filters: { state: [state] } })).rows
  for (const state of ['running', 'paused', 'interrupted', 'failed', 'cancelled']) {
    await pool().query('UPDATE upload SET state = $1 WHERE id = $2', [state, uploadId])
    expect(await found(state)).toMatchObject([{ state }])
    expect(FILE_STATES).toContain(state)
  }
})

test('the CSV of what was rejected is filtered as its page', async () => {
  const uploadId = await read({
    'notes.txt': Buffer.from('just some notes'),
    'torn.ndjson': Buffer.from('{"torn\n'),
  })
  const exported = async (params: SearchParams) => {
    const pieces: Uint8Array[] = []
    for await (const piece of await exportRejections(VIEWER, uploadId, parseRejectionRequest(params)))
      pieces.push(piece)
    const lines: { file: string; reason: string }[] = parse(Buffer.concat(pieces).toString('utf8'), {
      columns: true,
    })
    return lines
  }
  const all = await exported({})
  expect(new Set(all.map(({ file }) => file))).toEqual(new Set(['notes.txt', 'torn.ndjson']))
  const { rows } = await listUploadFiles(VIEWER, uploadId, { ...REQUEST, sort: 'path', q: 'torn' })
  const torn = await exported({ file: String(rows[0]?.id) })
  expect(torn.map(({ file }) => file)).toEqual(['torn.ndjson'])
  expect(await exported({ q: torn[0]?.reason ?? '' })).toEqual(torn)
})

test('an import whose every record was rejected is not shown as done, and its file has the most frequent reason', async () => {
  const torn = Buffer.from('{"torn\n{"torn\n{"other\n')
  const log = asLines(processes(20, 22).map(sysmonRecord))
  const unread = await read({ 'torn.ndjson': torn })
  const partly = await read({ 'torn.ndjson': torn, 'log.ndjson': log })
  expect(await listed('unread')).toContain(unread)
  expect(await listed('unread')).not.toContain(partly)
  expect(await listed('done')).toContain(partly)
  const { rows } = await explainUploadFiles(VIEWER, partly, { ...REQUEST, sort: 'path' })
  const reasons = await pool().query(
    `SELECT r.reason FROM rejection r JOIN import_file f ON f.id = r.import_file_id WHERE f.upload_id = $1
     GROUP BY r.reason ORDER BY count(*) DESC, r.reason LIMIT 1`,
    [partly],
  )
  expect(
    new Map(rows.map(({ path, shownState: state, commonReason }) => [path, { state, commonReason }])),
  ).toEqual(
    new Map([
      ['log.ndjson', { state: 'done', commonReason: null }],
      ['torn.ndjson', { state: 'unread', commonReason: reasons.rows[0].reason }],
    ]),
  )
  expect(FILE_STATES).toContain('unread')
})
