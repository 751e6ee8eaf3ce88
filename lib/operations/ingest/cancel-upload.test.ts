import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { createUpload, moveUpload, type UploadState } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { appendChunk } from '@/lib/store/upload-chunks'
import { cancelUpload } from './cancel-upload'
import { readUploads } from './read-uploads'

const SYSTEM = systemActor('test')
const ALL = { scope: SYSTEM.scope, name: 'test' }

withTestDatabase()

async function upload(state: UploadState, actorName = 'Rana'): Promise<string> {
  const id = await createUpload(pool(), {
    channel: 'browser',
    name: 'events.json',
    sizeBytes: 2,
    state: 'receiving',
    hostOverride: null,
    actorName,
  })
  await appendChunk(pool(), id, 0, Buffer.from('{}'))
  await moveUpload(pool(), id, ['receiving'], state)
  return id
}
async function chunks(): Promise<number> {
  const { rows } = await pool().query('SELECT count(*)::int AS n FROM upload_chunk')
  return rows[0].n
}

test('a cancelled upload is not read, its bytes go, and the audit log says who cancelled it', async () => {
  const id = await upload('queued')
  await cancelUpload(SYSTEM, id)
  await readUploads(pool(), () => false)
  expect(await findUpload(ALL, id)).toMatchObject({ state: 'cancelled', files: 0 })
  expect(await chunks()).toBe(0)
  const { rows } = await pool().query('SELECT action, subject_id FROM audit_entry')
  expect(rows).toEqual([{ action: 'upload-cancelled', subject_id: id }])
})
test('what is over cannot be cancelled, nor what does not exist', async () => {
  for (const id of [await upload('done'), await upload('cancelled'), randomUUID()])
    await expect(cancelUpload(SYSTEM, id)).rejects.toThrow(ExpectedError)
})
test("an account of some groups neither sees nor cancels other people's uploads, and a viewer cancels nothing", async () => {
  const account = (name: string, role: 'viewer' | 'responder'): Actor => ({
    kind: 'account',
    accountId: randomUUID(),
    email: 'x@corp.example',
    name,
    role,
    scope: { kind: 'groups', groupIds: [1] },
  })
  const id = await upload('queued')
  expect(await findUpload(account('Milo', 'responder'), id)).toBeNull()
  expect(await findUpload(account('Rana', 'responder'), id)).not.toBeNull()
  await expect(cancelUpload(account('Milo', 'responder'), id)).rejects.toThrow(/over/)
  await expect(cancelUpload(account('Rana', 'viewer'), id)).rejects.toThrow(/role/)
  await cancelUpload(account('Rana', 'responder'), id)
})
