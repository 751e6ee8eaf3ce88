import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openReceiver, type Receiver } from '@/fixtures/receiver'
import { examplePerson } from '@/lib/operations/example-person'
import { ingestExamples } from '@/lib/operations/ingest/example-use'
import { recompute } from '@/lib/operations/recompute/recompute'
import { systemActor } from '@/lib/pipeline/actor'
import { lastDue } from '@/lib/pipeline/export/rhythm'
import { queueDueRuns } from '@/lib/store/export-schedules'
import { pool } from '@/lib/store/pool'
import { listExportRuns, listExportSchedules } from '@/lib/store/screens/export-schedules'
import { withTestDatabase } from '@/lib/store/test-database'
import {
  pauseExportSchedule,
  removeExportSchedule,
  runExportSchedule,
  type ScheduleDraft,
  saveExportSchedule,
} from './change-export-schedules'
import { runExports } from './run-exports'

const ADMIN = systemActor('test')
const HOUR_US = 3_600_000_000

let folder: string
let receiver: Receiver
let hook: string
let posts: Receiver['posts']
let answers: Receiver['answers']

withTestDatabase()
beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of thirty-two characters')
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '127.0.0.1/32')
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordon-exports-'))
  const image = 'C:\\Windows\\System32\\mshta.exe'
  await ingestExamples(
    pool(),
    ['ws-1', 'ws-2'].map((host) => ({
      host,
      at: '2026-01-05T10:00:00Z',
      image,
      commandLine: 'mshta.exe "a"\nb',
    })),
  )
  await recompute(pool())
  receiver = await openReceiver()
  ;({ url: hook, posts, answers } = receiver)
})
afterAll(async () => {
  await receiver.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  vi.stubEnv('CORDON_EXPORT_FOLDERS', `/nowhere, ${folder}`)
  posts.length = 0
  answers.length = 0
  for (const file of await readdir(folder)) await rm(path.join(folder, file))
  await pool().query('DELETE FROM export_schedule')
})

async function save(
  more: Partial<ScheduleDraft> = {},
): Promise<{ id: number; version: number; secret: string | null }> {
  const draft = {
    name: 'For the lake',
    export: 'executions',
    gzip: true,
    every: 'hour',
    hour: 0,
    weekday: 1,
    target: { kind: 'folder', folder },
    ...more,
  } as const
  const secret = await saveExportSchedule(ADMIN, draft, null)
  const schedules = await listExportSchedules()
  const { id, version } = schedules.at(-1) ?? { id: 0, version: 0 }
  return { id, version, secret }
}

/** As if the schedule had been made this long ago. */
async function backdate(id: number, hours: number): Promise<void> {
  await pool().query(
    "UPDATE export_schedule SET active_from = active_from - $2 * interval '1 hour' WHERE id = $1",
    [id, hours],
  )
}

async function run(): Promise<number> {
  return await runExports(pool(), new AbortController().signal)
}

async function audited(action: string): Promise<{ detail: Record<string, unknown>; actor_name: string }[]> {
  return (
    await pool().query('SELECT detail, actor_name FROM audit_entry WHERE action = $1 ORDER BY id DESC', [
      action,
    ])
  ).rows
}

/** Lets what failed be due at once. */
async function hurry(): Promise<void> {
  await pool().query("UPDATE export_run SET next_at = now() WHERE state = 'queued'")
}

test('what is due is written to the folder once, whole and filtered, however many workers see it', async () => {
  const { id } = await save({ filters: 'https://cordon.example.org/executions?host=ws-2&page=3&days=all' })
  await backdate(id, 5)
  const tried = await Promise.all([run(), run(), run()])
  expect(tried.reduce((sum, one) => sum + one, 0)).toBe(1)
  await run()
  const names = await readdir(folder)
  expect(names).toEqual([
    expect.stringMatching(/^cordon-executions-for-the-lake-\d+-\d{8}T\d{2}0000Z\.csv\.gz$/),
  ])
  const bytes = await readFile(path.join(folder, names[0] ?? ''))
  const rows: Record<string, string>[] = parse(gunzipSync(bytes), { columns: true })
  expect(rows.map(({ host }) => host)).toEqual(['ws-2'])
  const [done] = await listExportRuns()
  expect(done).toMatchObject({
    state: 'sent',
    attempts: 1,
    rows: 1,
    bytes: bytes.length,
    error: null,
    file: names[0],
  })
  expect(done?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  const [entry] = await audited('export-sent')
  expect(entry?.actor_name).toBe('scheduled exports')
  expect(entry?.detail).toMatchObject({ filters: 'host=ws-2&days=all', to: folder, sha256: done?.sha256 })
})

test('nothing is due before the first time after it was made, nor while it is paused; what was missed is not made up', async () => {
  const { id, version } = await save()
  expect(await run()).toBe(0)
  await pauseExportSchedule(ADMIN, { id, version }, true)
  await backdate(id, 5)
  expect(await run()).toBe(0)
  await pauseExportSchedule(ADMIN, { id, version: version + 1 }, false)
  expect(await run()).toBe(0)
  await backdate(id, 100)
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
})

test('a webhook gets the file with its name, signed with the secret that was shown once', async () => {
  const { id, secret } = await save({ target: { kind: 'webhook', url: hook }, gzip: false })
  await runExportSchedule(ADMIN, id)
  expect(await run()).toBe(1)
  const [post] = posts
  expect(post?.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(
      /^attachment; filename="cordon-executions-for-the-lake-.*\.csv"$/,
    ),
    'cordon-event': 'export-executions',
  })
  const [, seconds, signature] =
    /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(post?.headers['cordon-signature'])) ?? []
  const expected = createHmac('sha256', secret ?? '')
    .update(`${seconds}.`)
    .update(post?.body ?? '')
    .digest('hex')
  expect(signature).toBe(expected)
  expect(parse(post?.body ?? '')).toHaveLength(3)
  expect((await listExportSchedules())[0]).toMatchObject({
    url: new URL(hook).origin,
    last: { state: 'sent', rows: 2 },
  })
  expect(JSON.stringify(await audited('export-scheduled'))).not.toContain('/hook')
})

test('what a receiver refuses is tried again as the same delivery, and given up in the end', async () => {
  const { id } = await save({ target: { kind: 'webhook', url: hook } })
  await runExportSchedule(ADMIN, id)
  answers.push(503, 200)
  await run()
  expect(await run()).toBe(0)
  expect((await listExportRuns())[0]).toMatchObject({
    state: 'queued',
    error: 'The receiver answered 503',
  })
  await hurry()
  await run()
  expect((await listExportRuns())[0]).toMatchObject({ state: 'sent', attempts: 2, error: null })
  expect(new Set(posts.map(({ headers }) => headers['cordon-delivery'])).size).toBe(1)

  await runExportSchedule(ADMIN, id)
  for (let attempt = 0; attempt < 7; attempt++) {
    answers.splice(0, 1, 500)
    await run()
    await hurry()
  }
  expect((await listExportRuns())[0]).toMatchObject({ state: 'failed', attempts: 7 })
  expect((await audited('export-given-up'))[0]?.detail).toMatchObject({
    error: 'The receiver answered 500',
  })
})

test('what still fails when the next time is due is given up for it', async () => {
  const { id } = await save({ target: { kind: 'webhook', url: hook } })
  await backdate(id, 5)
  answers.push(500)
  await run()
  const nowUs = Date.now() * 1000
  await queueDueRuns(pool(), lastDue({ every: 'hour', hour: 0, weekday: 1 }, nowUs) + HOUR_US)
  const [newer, older] = await listExportRuns()
  expect(newer?.state).toBe('queued')
  expect(older).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('The receiver answered 500'),
  })
})

test('a folder that is not allowed any more, or that is not there, says so and gets nothing', async () => {
  const { id } = await save()
  vi.stubEnv('CORDON_EXPORT_FOLDERS', '')
  await runExportSchedule(ADMIN, id)
  await run()
  expect((await listExportRuns())[0]?.error).toContain('does not allow the folder')
  await expect(save()).rejects.toMatchObject({ code: 'invalid-input' })
  vi.stubEnv('CORDON_EXPORT_FOLDERS', '/nowhere')
  const missing = await save({ name: 'Nowhere', target: { kind: 'folder', folder: '/nowhere' } })
  await runExportSchedule(ADMIN, missing.id)
  await run()
  expect((await listExportRuns())[0]?.error).toBe('The folder cannot be written to: ENOENT.')
  expect(await readdir(folder)).toEqual([])
})

test('a worker that is stopped leaves no half of a file, and the run to the next', async () => {
  const { id } = await save()
  await runExportSchedule(ADMIN, id)
  // a text that takes a while
  await pool().query(
    "INSERT INTO host_alias (alias, host_id) SELECT repeat('x', 500) || n, id FROM host, generate_series(1, 20000) n WHERE name = 'ws-2'",
  )
  await pool().query("UPDATE export_schedule SET export = 'hosts', gzip = true")
  const stop = new AbortController()
  const running = runExports(pool(), stop.signal)
  await expect.poll(() => readdir(folder)).toHaveLength(1)
  stop.abort()
  await running
  await pool().query("DELETE FROM host_alias WHERE alias LIKE 'xxx%'")
  expect(await readdir(folder)).toEqual([])
  expect((await listExportRuns())[0]).toMatchObject({ state: 'queued', attempts: 0, error: null })
  expect(await run()).toBe(1)
  expect((await listExportRuns())[0]).toMatchObject({ state: 'sent', attempts: 1 })
})

test('an address inside, a filter that is none, and who may not are refused; a change that crosses another is a conflict', async () => {
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '')
  await expect(save({ target: { kind: 'webhook', url: hook } })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '127.0.0.1/32')
  await expect(save({ filters: 'hots=ws-1' })).rejects.toThrow('"hots" is no filter of this table.')
  const manager = await examplePerson('Mo', 'manager')
  await expect(runExportSchedule(manager, 1)).rejects.toMatchObject({ code: 'forbidden' })
  const admin = await examplePerson('Ada', 'admin')
  const partly = { ...admin, scope: { kind: 'groups', groupIds: [1] } } as const
  await expect(runExportSchedule(partly, 1)).rejects.toMatchObject({ code: 'forbidden' })
  const { id, version } = await save()
  await pauseExportSchedule(ADMIN, { id, version }, true)
  await expect(pauseExportSchedule(ADMIN, { id, version }, false)).rejects.toMatchObject({ code: 'conflict' })
  await removeExportSchedule(ADMIN, id)
  await expect(removeExportSchedule(ADMIN, id)).rejects.toMatchObject({ code: 'not-found' })
})
