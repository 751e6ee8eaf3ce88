import { beforeAll, expect, test, vi } from 'vitest'
import { ENVELOPE, SYSMON, winlogbeat } from '@/fixtures/hostile-records'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { createPool, pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { appendChunk } from '@/lib/store/upload-chunks'
import { readUploads } from './read-uploads'

const CREATION = winlogbeat('Microsoft-Windows-Sysmon', 1, ENVELOPE, SYSMON)

const database = withTestDatabase()

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  await ensureCatalogue(pool())
  const owner = createPool(database().url)
  await owner.query(`ALTER TABLE import_file ADD CONSTRAINT taken CHECK (path <> 'refused.json')`)
  await owner.end()
})

async function upload(name: string, content: string = CREATION, dateOrder?: 'dmy'): Promise<string> {
  const id = await createUpload(pool(), {
    channel: 'browser',
    name,
    sizeBytes: null,
    state: 'receiving',
    hostOverride: null,
    ...(dateOrder && { dateOrder }),
    actorName: 'Rana',
  })
  await appendChunk(pool(), id, 0, Buffer.from(content))
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

test('an upload is read in the order of dates that was said with it', async () => {
  const table =
    'EventID,Computer,TimeCreated,NewProcessName\n4688,ws01,06/03/2018 08:15:39,C:\\Windows\\System32\\certutil.exe\n'
  const [silent, said] = [await upload('silent.csv', table), await upload('said.csv', table, 'dmy')]
  await readUploads(pool(), () => false)
  const all = { scope: { kind: 'all' }, actorId: null } as const
  expect(await findUpload(all, silent)).toMatchObject({ executions: 0, rejected: 1, dateOrder: null })
  expect(await findUpload(all, said)).toMatchObject({ executions: 1, rejected: 0, dateOrder: 'dmy' })
})
