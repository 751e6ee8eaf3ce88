import { beforeAll, expect, test, vi } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { createPool, pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { removeUnreadChunks } from '@/lib/store/upload-chunks'
import { pauseUpload, unpauseUpload } from './pause-upload'
import { readAgain } from './read-again'
import { readUploads } from './read-uploads'
import { receiveUpload } from './receive-upload'

const SYSTEM = systemActor('test')
const ALL = { scope: SYSTEM.scope, actorId: null }
const database = withTestDatabase()

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  await ensureCatalogue(pool())
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
const send = (name: string, bytes: Uint8Array) =>
  receiveUpload(SYSTEM, { name, sizeBytes: null, hostOverride: null, dateOrder: 'dmy' }, once(bytes))
const read = () => readUploads(pool(), () => false)

/** Somebody pauses the import while its first batch is being stored. */
async function pauseAtFirstBatch(work: () => Promise<unknown>): Promise<void> {
  const owner = createPool(database().url)
  await owner.query(`CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN UPDATE upload SET state = 'paused' WHERE id = NEW.upload_id AND state = 'running'; RETURN NULL; END $$`)
  await owner.query('CREATE TRIGGER paused AFTER UPDATE ON import_file FOR EACH ROW EXECUTE FUNCTION pause()')
  await work()
  await owner.query('DROP TRIGGER paused ON import_file')
  await owner.query('DROP FUNCTION pause')
  await owner.end()
}

test('a paused upload is not read; paused while it is read, it goes on at its place and counts nothing twice', async () => {
  const id = await send('long.ndjson', asLines(processes(0, 12_000).map(sysmonRecord)))
  await pauseUpload(SYSTEM, id)
  expect(await read()).toBe(0)
  await unpauseUpload(SYSTEM, id)

  await pauseAtFirstBatch(read)
  const paused = await findUpload(ALL, id)
  expect(paused).toMatchObject({ state: 'paused', records: 5_000 })
  expect(paused?.readBytes).toBeGreaterThan(0)
  expect(await read()).toBe(0)

  await unpauseUpload(SYSTEM, id)
  await read()
  expect(await findUpload(ALL, id)).toMatchObject({
    state: 'done',
    records: 12_000,
    executions: 12_000,
    executionsDuplicate: 0,
  })
  await expect(pauseUpload(SYSTEM, id)).rejects.toThrow(/not being read/)
  await expect(unpauseUpload(SYSTEM, id)).rejects.toThrow(/not paused/)
})

test('a file whose records lack a host is kept, and read again with one: what was stored is known then', async () => {
  const named = processes(20_000, 20_002, { host: 'named.corp.example' }).map(sysmonRecord)
  const nameless = processes(20_002, 20_005, { host: null }).map(sysmonRecord)
  const id = await send('mixed.ndjson', asLines([...named, ...nameless]))
  await read()
  expect(await findUpload(ALL, id)).toMatchObject({ executions: 2, rejected: 3, hostless: 3, kept: true })

  await expect(readAgain(SYSTEM, { uploadId: id, host: ' ' })).rejects.toThrow(/host name/)
  const again = await readAgain(SYSTEM, { uploadId: id, host: 'found.corp.example' })
  await read()
  expect(await findUpload(ALL, again)).toMatchObject({
    state: 'done',
    name: 'mixed.ndjson',
    hostOverride: 'found.corp.example',
    dateOrder: 'dmy',
    executions: 3,
    executionsDuplicate: 2,
    rejected: 0,
  })
  expect(await findUpload(ALL, id)).toMatchObject({ kept: false })
  await expect(readAgain(SYSTEM, { uploadId: id, host: 'other' })).rejects.toThrow(/no longer kept/)
  const { rows } = await pool().query("SELECT detail FROM audit_entry WHERE action = 'upload-read-again'")
  expect(rows).toEqual([{ detail: { of: id, host: 'found.corp.example' } }])
})

test('bytes that wait for a host go after a week', async () => {
  const id = await send(
    'nameless.ndjson',
    asLines(processes(30_000, 30_001, { host: null }).map(sysmonRecord)),
  )
  await read()
  expect(await findUpload(ALL, id)).toMatchObject({ kept: true })
  await pool().query("UPDATE upload SET finished_at = now() - interval '8 days' WHERE id = $1", [id])
  await removeUnreadChunks(pool())
  expect(await findUpload(ALL, id)).toMatchObject({ kept: false, hostless: 1 })
})

test('whoever sees only some hosts pauses and reads again only its own uploads', async () => {
  const milo: Actor = {
    kind: 'account',
    accountId: '5b0f3a52-0e1c-4b8e-9a53-0d6b1d2a7c11',
    email: 'milo@corp.example',
    name: 'Milo',
    role: 'responder',
    scope: { kind: 'groups', groupIds: [1] },
  }
  const id = await send('others.ndjson', asLines(processes(40_000, 40_001, { host: null }).map(sysmonRecord)))
  await expect(pauseUpload(milo, id)).rejects.toThrow(/cannot be paused/)
  await read()
  await expect(readAgain(milo, { uploadId: id, host: 'ws' })).rejects.toThrow(/no longer kept/)
  await expect(pauseUpload({ ...milo, role: 'viewer' }, id)).rejects.toThrow(/role/)
})
