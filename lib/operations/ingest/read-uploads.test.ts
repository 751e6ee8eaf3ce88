import { beforeAll, expect, test, vi } from 'vitest'
import { ENVELOPE, SYSMON, winlogbeat } from '@/fixtures/hostile-records'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { createPool, pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { appendChunk } from '@/lib/store/upload-chunks'
import { readUploads } from './read-uploads'

const database = withTestDatabase()

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  await ensureCatalogue(pool())
  const owner = createPool(database().url)
  await owner.query(`ALTER TABLE import_file ADD CONSTRAINT taken CHECK (path <> 'refused.json')`)
  await owner.end()
})

async function upload(name: string): Promise<string> {
  const id = await createUpload(pool(), {
    channel: 'browser',
    name,
    sizeBytes: null,
    state: 'receiving',
    hostOverride: null,
    actorName: 'Rana',
  })
  const record = winlogbeat('Microsoft-Windows-Sysmon', 1, ENVELOPE, SYSMON)
  await appendChunk(pool(), id, 0, Buffer.from(record))
  await moveUpload(pool(), id, ['receiving'], 'queued')
  return id
}

test('an upload that the database cannot take fails alone, with a message, and the next one is read', async () => {
  const refused = await upload('refused.json')
  const taken = await upload('taken.json')
  await readUploads(pool(), () => false)
  const all = { scope: { kind: 'all' }, actorId: null } as const
  expect(await findUpload(all, refused)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/refused/),
  })
  expect(await findUpload(all, taken)).toMatchObject({ state: 'done', executions: 1 })
  expect(await readUploads(pool(), () => false)).toBe(0)
})
