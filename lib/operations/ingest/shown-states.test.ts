import { beforeAll, expect, test } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { findUpload, type ImportViewer, listUploads, type UploadSort } from '@/lib/store/screens/imports'
import type { TableRequest } from '@/lib/store/screens/table-request'
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

async function listed(state: string): Promise<string[]> {
  const request: TableRequest<UploadSort> = {
    ...{ q: '', sort: 'created', descending: true, page: 1, pageSize: 50, after: null },
    filters: { state: [state] },
  }
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
