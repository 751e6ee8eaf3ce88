import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { examplePerson } from '@/lib/operations/example-person'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { listExportRuns, listExportSchedules } from '@/lib/store/screens/export-schedules'
import { withTestDatabase } from '@/lib/store/test-database'
import { type KnownSchedule, runExportSchedule, saveExportSchedule } from './change-export-schedules'
import { runExports } from './run-exports'

const SYSTEM = systemActor('test')
let folder: string

withTestDatabase()
beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of thirty-two characters')
})
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordon-exports-'))
  vi.stubEnv('CORDON_EXPORT_FOLDERS', folder)
  await pool().query('DELETE FROM export_schedule')
  return () => rm(folder, { recursive: true })
})

async function save(actor: Actor, name: string, known: KnownSchedule | null = null): Promise<KnownSchedule> {
  const when = { every: 'hour', hour: 0, weekday: 1 } as const
  const target = { kind: 'folder', folder } as const
  await saveExportSchedule(actor, { name, export: 'hosts', gzip: false, ...when, target }, known)
  const saved = (await listExportSchedules()).find((schedule) => schedule.name === name)
  return { id: saved?.id ?? 0, version: saved?.version ?? 0 }
}

const run = () => runExports(pool(), new AbortController().signal)

test('nothing that lies in the folder is written through, and schedules whose names read alike overwrite nothing of each other', async () => {
  const ids = [(await save(SYSTEM, 'A lake')).id, (await save(SYSTEM, 'a: lake')).id]
  await pool().query(
    "INSERT INTO export_run (schedule_id, due_at) SELECT id, '2026-01-06T10:00:00Z' FROM export_schedule",
  )
  const names = ids.map((id) => `cordon-hosts-a-lake-${id}-20260106T100000Z.csv`)
  const at = (name: string) => path.join(folder, name)
  await writeFile(at('another'), 'kept')
  await symlink(at('another'), at(`.${names[0]}.part`))
  await symlink(at('another'), at(names[0] ?? ''))
  await writeFile(at(`.${names[1]}.part`), 'of a worker that died', { mode: 0o666 })
  await run()
  expect((await readdir(folder)).sort()).toEqual([...names, 'another'].sort())
  expect(await readFile(at('another'), 'utf8')).toBe('kept')
  for (const name of names) {
    expect(await readFile(at(name), 'utf8')).toMatch(/^host,/)
    expect((await stat(at(name))).mode & 0o027).toBe(0)
  }
})

const ONE = `FROM account a WHERE a.email = $1`
test.each([
  ['was disabled', 'UPDATE account SET disabled_at = now() WHERE email = $1'],
  ['is an administrator no more', "UPDATE account SET role = 'manager' WHERE email = $1"],
  [
    'sees some hosts only',
    `WITH made AS (INSERT INTO host_group (name) SELECT 'Some' ${ONE} RETURNING id)
     INSERT INTO account_host_group (account_id, group_id) SELECT a.id, made.id FROM made, account a WHERE a.email = $1`,
  ],
])('what somebody set up who %s is sent no more, until another takes it over', async (how, change) => {
  const called = (who: string) => `${who}-who-${how.replaceAll(' ', '-')}`
  const leaving = await examplePerson(called('ada'), 'admin')
  const known = await save(leaving, 'Theirs')
  const files = async () => {
    await runExportSchedule(SYSTEM, known.id)
    await run()
    const { length } = await readdir(folder)
    for (const file of await readdir(folder)) await rm(path.join(folder, file))
    return length
  }
  expect(await files()).toBe(1)
  await pool().query(change, [leaving.email])
  expect(await files()).toBe(0)
  const said = `${leaving.name}, who set it up, may not schedule exports any more.`
  expect((await listExportRuns())[0]).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: expect.stringContaining(said),
  })
  expect((await listExportSchedules())[0]?.stopped).toContain(said)
  await save(await examplePerson(called('ben'), 'admin'), 'Theirs', known)
  expect((await listExportSchedules())[0]?.stopped).toBeNull()
  expect(await files()).toBe(1)
})
