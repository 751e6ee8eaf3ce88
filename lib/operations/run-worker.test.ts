import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ENVELOPE, SYSMON, winlogbeat } from '@/fixtures/hostile-records'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { appendChunk } from '@/lib/store/upload-chunks'
import { runWorker } from './run-worker'

const RECORDS = 20_000
/** One proxy execution in so many records. */
const EVERY = 20
const CHUNK = 1024 * 1024
const READER = { scope: { kind: 'all' }, actorId: null } as const
withTestDatabase()
beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
})
afterAll(async () => {
  vi.unstubAllEnvs()
})

test('a worker brings the catalogue into a new database; asked to end it hands back the file that it reads, and the next one goes on where it stopped', async () => {
  const id = await upload()
  const first = new AbortController()
  const ended = runWorker(first.signal)
  await expect
    .poll(async () => (await read(id)).records, { timeout: 120_000, interval: 20 })
    .toBeGreaterThan(0)
  first.abort()
  await ended
  const handedBack = await read(id)
  expect(handedBack.state).not.toBe('done')
  expect(handedBack.records).toBeLessThan(RECORDS)

  const second = new AbortController()
  const done = runWorker(second.signal)
  await expect.poll(async () => (await read(id)).state).toBe('done')
  second.abort()
  await done
  expect(await read(id)).toMatchObject({
    records: RECORDS,
    executions: RECORDS / EVERY,
    executionsDuplicate: 0,
    rejected: 0,
  })
  const { rows } = await pool().query<{ stored: number }>('SELECT count(*)::int AS stored FROM execution')
  expect(rows[0]?.stored).toBe(RECORDS / EVERY)
}, 300_000)

async function read(id: string) {
  const found = await findUpload(READER, id)
  if (found === null) throw new Error('There is no upload.')
  return found
}

async function upload(): Promise<string> {
  const id = await createUpload(pool(), {
    channel: 'browser',
    name: 'events.json',
    sizeBytes: null,
    state: 'receiving',
    hostOverride: null,
    actorName: 'Rana',
  })
  const bytes = Buffer.from(Array.from({ length: RECORDS }, (_, index) => `${record(index)}\n`).join(''))
  for (let at = 0, chunk = 0; at < bytes.length; at += CHUNK, chunk++)
    await appendChunk(pool(), id, chunk, bytes.subarray(at, at + CHUNK))
  await moveUpload(pool(), id, ['receiving'], 'queued')
  return id
}

function record(index: number): string {
  const image = index % EVERY === 0 ? 'rundll32.exe' : 'svchost.exe'
  return winlogbeat('Microsoft-Windows-Sysmon', 1, ENVELOPE, {
    ...SYSMON,
    Image: `C:\\Windows\\System32\\${image}`,
    OriginalFileName: image,
    CommandLine: `${image} ${index}`,
    ProcessGuid: `{00000000-0000-0000-0000-${String(index).padStart(12, '0')}}`,
    ProcessId: String(1000 + index),
  })
}
