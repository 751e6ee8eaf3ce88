import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { cancelUpload } from '@/lib/operations/ingest/cancel-upload'
import { pauseUpload, unpauseUpload } from '@/lib/operations/ingest/pause-upload'
import { readUploads } from '@/lib/operations/ingest/read-uploads'
import { hasThreads } from '@/lib/operations/threads/start-thread'
import { systemActor } from '@/lib/pipeline/actor'
import { LOCKS } from '@/lib/store/advisory-lock'
import { resolveHosts } from '@/lib/store/hosts'
import { closePool, pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'

const SYSTEM = systemActor('test')
let database: TestDatabase
/** Inside the checkout, where the bundle finds node_modules. */
let bundle: string
let logs: string

beforeAll(async () => {
  mkdirSync('dist', { recursive: true })
  bundle = mkdtempSync(path.resolve('dist/test-import-'))
  await build({
    entryPoints: ['cli/import.ts'],
    outfile: path.join(bundle, 'import.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
})
afterAll(() => rmSync(bundle, { recursive: true, force: true }))

beforeEach(async () => {
  database = await createTestDatabase()
  vi.stubEnv('APP_DATABASE_URL', database.appUrl)
  logs = mkdtempSync(path.join(os.tmpdir(), 'cordon-import-'))
  return async () => {
    await closePool()
    await database.drop()
    rmSync(logs, { recursive: true, force: true })
  }
})

type Ended = { code: number | null; out: string; error: string }

function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [path.join(bundle, 'import.mjs'), ...args], {
    cwd: logs,
    env: { ...process.env, DATABASE_URL: database.url, APP_DATABASE_URL: database.appUrl, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, error] = ['', '']
  child.stdout?.on('data', (text) => (out += text))
  child.stderr?.on('data', (text) => (error += text))
  return { child, ended: once(child, 'close').then(([code]) => ({ code, out, error })) }
}
const run = (...args: string[]) => start(args).ended

function log(name: string, from: number, to: number, host?: string | null): string {
  const file = path.join(logs, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, asLines(processes(from, to, host === undefined ? {} : { host }).map(sysmonRecord)))
  return name
}

async function uploads(): Promise<{ id: string; state: string; records: number; executions: number }[]> {
  const { rows } = await pool().query(
    `SELECT u.id, u.state, coalesce(sum(f.records), 0)::int AS records, coalesce(sum(f.executions), 0)::int AS executions
     FROM upload u LEFT JOIN import_file f ON f.upload_id = u.id GROUP BY u.id ORDER BY u.created_at`,
  )
  return rows
}

/** The one upload, once its first batch is stored, or more than so many records. */
async function storedMoreThan(records: number): Promise<string> {
  await expect.poll(async () => (await uploads())[0]?.records ?? 0).toBeGreaterThan(records)
  return (await uploads())[0]?.id ?? ''
}

async function executions(): Promise<{ stored: number; distinct: number }> {
  const { rows } = await pool().query(
    'SELECT count(*)::int AS stored, count(DISTINCT (host_id, id))::int AS distinct FROM execution',
  )
  return rows[0]
}

/** A batch is over at 8 MiB of text: so long lines need few of them. */
const LONG = `rundll32.exe shell32.dll,Control_RunDLL ${'a'.repeat(30_000)}`
/** Of each host: more than one batch of one reader, and than one part of several. */
const EACH = 300
const HOSTS = ['ws-1.corp.example', 'ws-2.corp.example', 'ws-3.corp.example']
const MANY = HOSTS.length * EACH

/** A log whose hosts come one after the other. */
function longLog(): string {
  const records = HOSTS.flatMap((host, index) =>
    processes(index * EACH, (index + 1) * EACH, { host, commandLine: LONG }),
  )
  writeFileSync(path.join(logs, 'long.ndjson'), asLines(records.map(sysmonRecord)))
  return path.join(logs, 'long.ndjson')
}

/** Holds every import where the next host that is new comes; answers what lets them go on. */
async function holdAtNewHosts(): Promise<() => Promise<void>> {
  const client = await pool().connect()
  await client.query('SELECT pg_advisory_lock($1)', [LOCKS.hostNames])
  return async () => {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCKS.hostNames])
    client.release()
  }
}

/** An import that has stored the beginning of the log, and is held within it. */
async function startHeld(environment: Readonly<Record<string, string>> = {}, ...options: string[]) {
  longLog()
  await resolveHosts(pool(), HOSTS.slice(0, 1))
  const goOn = await holdAtNewHosts()
  const command = start(['long.ndjson', ...options], environment)
  const id = await storedMoreThan(0)
  await expect.poll(isHeld).toBe(true)
  return { ...command, id, goOn }
}

/** Whether somebody waits for what `holdAtNewHosts` holds. */
async function isHeld(): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()) AS held`,
  )
  return rows[0]?.held
}

async function kill({ child, ended, goOn }: Awaited<ReturnType<typeof startHeld>>): Promise<void> {
  child.kill('SIGKILL')
  await ended
  await goOn()
}

test.each([
  ['one reader', '1'],
  ['several threads', '2'],
])(
  'killed in mid-import (SIGKILL) and started again, every event is stored and counted once: %s',
  async (_, readers) => {
    expect(hasThreads()).toBe(true)
    await kill(await startHeld({ CORDON_READERS: readers }))
    const [left] = await uploads()
    expect(left).toMatchObject({ state: 'running' })
    expect(left?.records).toBeLessThan(MANY)
    // the worker notices that nobody reads it any more
    await expect
      .poll(async () => {
        await readUploads(pool(), () => false)
        return await uploads()
      })
      .toMatchObject([{ state: 'interrupted' }])

    const again = await start(['long.ndjson', '--json'], { CORDON_READERS: readers }).ended
    expect(again.code).toBe(0)
    expect(again.error).toMatch(/Going on/)
    expect(JSON.parse(again.out)).toMatchObject({
      state: 'done',
      totals: { records: MANY, executions: MANY, executionsDuplicate: 0 },
    })
    expect(await executions()).toEqual({ stored: MANY, distinct: MANY })
    expect(await uploads()).toHaveLength(1)
  },
)

test('Ctrl-C leaves a state that the same command goes on from, and says so', async () => {
  const { child, ended, goOn } = await startHeld()
  child.kill('SIGINT')
  await goOn()
  const stopped = await ended
  expect(stopped.code).toBe(130)
  expect(stopped.out).toMatch(/the same command goes on from there/)
  expect(await uploads()).toMatchObject([{ state: 'interrupted' }])
  const again = await run('long.ndjson', '--json')
  expect(JSON.parse(again.out).totals).toMatchObject({ executions: MANY, executionsDuplicate: 0 })
})

test('a file that changed in between is read from its start, and stored once', async () => {
  await kill(await startHeld())
  utimesSync(path.join(logs, 'long.ndjson'), new Date(), new Date(Date.now() + 60_000))
  const again = await run('long.ndjson', '--json')
  const { totals } = JSON.parse(again.out)
  expect(totals.executions + totals.executionsDuplicate).toBe(MANY)
  expect(totals.executionsDuplicate).toBeGreaterThan(0)
  expect(await executions()).toEqual({ stored: MANY, distinct: MANY })
})

test('two commands on the same file at once store each event once', async () => {
  longLog()
  const goOn = await holdAtNewHosts()
  const both = [start(['long.ndjson', '--json']), start(['long.ndjson', '--json'])]
  await expect.poll(async () => (await uploads()).map(({ state }) => state)).toEqual(['running', 'running'])
  await goOn()
  const ended = await Promise.all(both.map((command) => command.ended))
  const totals = ended.map(({ out }) => JSON.parse(out).totals)
  expect(totals[0].executions + totals[1].executions).toBe(MANY)
  expect(await executions()).toEqual({ stored: MANY, distinct: MANY })
})

test('an import of the command line is paused, resumed and cancelled by its row', async () => {
  const { ended, goOn, id } = await startHeld({ CORDON_READERS: '1' }, '--json')
  const held = (await uploads())[0]?.records ?? 0
  await pauseUpload(SYSTEM, id)
  // it is alive: the worker leaves it alone
  await readUploads(pool(), () => false)
  expect(await uploads()).toMatchObject([{ state: 'paused' }])
  await goOn()
  await storedMoreThan(held)
  const atPause = (await uploads())[0]?.records ?? 0
  const goOnAgain = await holdAtNewHosts()
  await unpauseUpload(SYSTEM, id)
  await storedMoreThan(atPause)
  await cancelUpload(SYSTEM, id)
  await goOnAgain()
  const { code, out } = await ended
  expect(code).toBe(3)
  expect(JSON.parse(out).state).toBe('cancelled')
  expect((await uploads())[0]).toMatchObject({ state: 'cancelled' })
  expect((await uploads())[0]?.records).toBeLessThan(MANY)
})

test('what cannot be imported is said in a sentence, and the exit code tells', async () => {
  const missing = await run('nowhere.evtx')
  expect(missing).toMatchObject({
    code: 1,
    error: expect.stringMatching(/There is no file or folder nowhere/),
  })
  mkdirSync(path.join(logs, 'empty/inner'), { recursive: true })
  expect(await run('empty')).toMatchObject({ code: 1, error: expect.stringMatching(/no file in empty/) })
  writeFileSync(path.join(logs, 'notes.txt'), 'buy milk\n')
  expect(await run('notes.txt')).toMatchObject({ code: 1, out: expect.stringMatching(/not read:/) })
  expect(await run('notes.txt', '--format', 'sorcery')).toMatchObject({ code: 1 })
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/Exit codes/) })

  log('folder/deep/good.ndjson', 0, 3)
  log('folder/nameless.ndjson', 10, 12, null)
  symlinkSync(path.join(logs, 'gone'), path.join(logs, 'folder/dangling.json'))
  const mixed = await run('folder', '--json')
  expect(mixed.code).toBe(0)
  const { files, totals } = JSON.parse(mixed.out)
  expect(totals).toMatchObject({ files: 3, filesRejected: 1, executions: 3, rejected: 2 })
  expect(files.map((file: { path: string; error: string | null }) => [file.path, file.error])).toEqual([
    ['folder/dangling.json', 'cannot be opened: it is gone'],
    ['folder/deep/good.ndjson', null],
    ['folder/nameless.ndjson', null],
  ])
  expect((await run('folder', '--strict')).code).toBe(2)
  expect(JSON.parse((await run('folder', '--host', 'given', '--json')).out).totals).toMatchObject({
    executions: 2,
    executionsDuplicate: 3,
    rejected: 0,
  })
})

test('a table whose dates tell nothing is read in the order that is said, by a new import', async () => {
  const row = '4688,ws01,06/03/2018 08:15:39,C:\\Windows\\System32\\certutil.exe'
  writeFileSync(path.join(logs, 'table.csv'), `EventID,Computer,TimeCreated,NewProcessName\n${row}\n`)
  const totals = async (...order: string[]) =>
    JSON.parse((await run('table.csv', '--json', ...order)).out).totals
  expect(await totals()).toMatchObject({ executions: 0, rejected: 1 })
  expect(await totals('--date-order', 'dmy')).toMatchObject({ executions: 1, rejected: 0 })
  const { rows } = await pool().query(
    `SELECT occurred_at::date::text AS day, (SELECT date_order FROM upload WHERE date_order IS NOT NULL) FROM execution`,
  )
  expect(rows).toEqual([{ day: '2018-03-06', date_order: 'dmy' }])
  expect(await run('table.csv', '--date-order', 'ymd')).toMatchObject({ code: 1 })
})
