import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { createUpload, moveUpload, type UploadState } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { appendChunk } from '@/lib/store/upload-chunks'
import { cancelUpload } from './cancel-upload'
import { readUploads } from './read-uploads'

const SYSTEM = systemActor('test')
const ALL = { scope: SYSTEM.scope, actorId: null }
const RANA = randomUUID()

withTestDatabase()

async function upload(state: UploadState): Promise<string> {
  const id = await createUpload(pool(), {
    channel: 'browser',
    name: 'events.json',
    sizeBytes: 2,
    state: 'receiving',
    hostOverride: null,
    actorName: 'Rana',
    actorId: RANA,
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
test("an account of some groups neither sees nor cancels other people's uploads, one of their name neither, and a viewer cancels nothing", async () => {
  const account = (accountId: string, role: 'viewer' | 'responder'): Actor => ({
    kind: 'account',
    accountId,
    email: 'x@corp.example',
    name: 'Rana',
    role,
    scope: { kind: 'groups', groupIds: [1] },
  })
  const id = await upload('queued')
  expect(await findUpload(importViewer(account(randomUUID(), 'responder')), id)).toBeNull()
  expect(await findUpload(importViewer(account(RANA, 'responder')), id)).not.toBeNull()
  await expect(cancelUpload(account(randomUUID(), 'responder'), id)).rejects.toThrow(/over/)
  await expect(cancelUpload(account(RANA, 'viewer'), id)).rejects.toThrow(/role/)
  await cancelUpload(account(RANA, 'responder'), id)
})
test('a key that may send neither sees nor cancels what others sent: whoever steals one stops no import', async () => {
  const key = (keyId: string): Actor => ({
    kind: 'key',
    keyId,
    name: 'shipper',
    keyScopes: ['ingest'],
    scope: { kind: 'all' },
  })
  const id = await upload('queued')
  expect(await findUpload(importViewer(key(randomUUID())), id)).toBeNull()
  await expect(cancelUpload(key(randomUUID()), id)).rejects.toThrow(/cannot be cancelled here/)
  expect(await findUpload(importViewer(key(RANA)), id)).not.toBeNull()
  await cancelUpload(key(RANA), id)
})
