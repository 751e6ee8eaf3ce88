import { beforeEach, expect, test } from 'vitest'
import { asLines, processes, securityRecord, sysmonRecord } from '@/fixtures/one-process'
import { examplePerson } from '@/lib/operations/example-person'
import { mergeHosts } from '@/lib/operations/host-identity'
import { recompute } from '@/lib/operations/recompute/recompute'
import { runJobs } from '@/lib/operations/run-jobs'
import type { Actor } from '@/lib/pipeline/actor'
import { resolveHosts } from '@/lib/store/hosts'
import { moveUpload } from '@/lib/store/imports'
import { gatherRawBlocks } from '@/lib/store/ingest/gather-raw-blocks'
import { findRawRecord, linesOf } from '@/lib/store/ingest/raw-blocks'
import { pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import {
  ADMIN,
  empty,
  everything,
  expectRebuiltAlike,
  read,
  settle,
  takeAll,
  withCatalogue,
} from './example-taking-back'
import { previewTakingBack, takeBack } from './take-back'
import { takeBackUpload } from './take-back-upload'

const ALL = { scope: ADMIN.scope, actorId: null }
/** Deviates wherever it runs first. */
const STRANGE = 'rundll32.exe C:\\Users\\ada\\AppData\\Local\\Temp\\k2j4h6.dll,Start'
const owner = withCatalogue()
beforeEach(() => empty(owner()))

const HOST = 'ws-1.corp.example'
const sysmon = (from: number, to: number, host = HOST) => processes(from, to, { host }).map(sysmonRecord)
const security = (from: number, to: number, host = HOST) => processes(from, to, { host }).map(securityRecord)
/** A day later than processes of lower numbers. */
const NEXT_DAY = 86_400

async function count(table: string): Promise<number> {
  const { rows } = await pool().query(`SELECT count(*)::int AS n FROM ${table}`)
  return rows[0]?.n
}

test('of one file imported twice either can be taken back, and nothing is lost', async () => {
  const records = [...sysmon(0, 20), ...security(10, 30), ...sysmon(NEXT_DAY, NEXT_DAY + 5)]
  const first = await read('first.ndjson', ...records)
  const once = await everything()
  const [second, third] = [await read('second.ndjson', ...records), await read('third.ndjson', ...records)]
  expect(await previewTakingBack(ADMIN, first)).toMatchObject({
    executions: 0,
    handedOver: 45,
    hosts: 0,
    lost: [],
  })
  await takeAll(first)
  expect(await everything()).toEqual(once)
  await takeAll(second)
  expect(await everything()).toEqual(once)
  await expectRebuiltAlike()
  expect(await previewTakingBack(ADMIN, third)).toMatchObject({
    executions: 35,
    handedOver: 0,
    emptied: 1,
    lost: [],
  })
  await takeAll(third)
  expect(await count('execution')).toBe(0)
  expect(await count('host')).toBe(0)
  expect(await count('import_overlap')).toBe(0)
  expect(await count('import_host')).toBe(0)
})

test('a process that two imports told of keeps what the other one told', async () => {
  const whole = await read('sysmon.ndjson', ...sysmon(0, 10))
  const before = await everything()
  await takeAll(await read('security.ndjson', ...security(0, 10)))
  expect(await everything()).toEqual(before)
  await takeAll(whole)
  await read('security.ndjson', ...security(0, 10))
  const other = await everything()
  await takeAll(await read('sysmon.ndjson', ...sysmon(0, 10)))
  expect(await everything()).toEqual(other)
  await expectRebuiltAlike()
})

test('the preview tells what goes, and which imports told some of it again; these are said to have lost it', async () => {
  const wrong = await read('wrong.ndjson', ...sysmon(0, 20), ...sysmon(0, 3, 'lab-7.lab.example'))
  const partly = await read('partly.ndjson', ...sysmon(15, 25))
  expect(await previewTakingBack(ADMIN, wrong)).toEqual({
    executions: 23,
    processes: 23,
    events: 0,
    attempts: 0,
    handedOver: 0,
    hosts: 2,
    emptied: 1,
    emptiedNames: ['lab-7.lab.example'],
    judged: 0,
    lost: [{ id: partly, name: 'partly.ndjson', records: 5 }],
    whole: true,
    keptFrom: null,
  })
  await takeAll(wrong, 'a lab’s log')
  expect(await count('execution')).toBe(5)
  expect((await pool().query('SELECT name FROM host')).rows).toEqual([{ name: HOST }])
  expect(await findUpload(ALL, partly)).toMatchObject({ lost: 5 })
  expect(await findUpload(ALL, wrong)).toMatchObject({ state: 'taken-back', lost: 0 })
  const { rows } = await pool().query(
    "SELECT actor_name, detail FROM audit_entry WHERE action = 'upload-taken-back' AND subject_id = $1",
    [wrong],
  )
  expect(rows).toEqual([{ actor_name: 'test', detail: { name: 'wrong.ndjson', reason: 'a lab’s log' } }])
  await expect(takeBack(ADMIN, { uploadId: wrong, reason: 'again' })).rejects.toThrow(/taken back already/)
})

test('what an import tells in two of its files goes whole, and the preview says so', async () => {
  const records = sysmon(0, 5)
  const twice = await read('one.ndjson', ...records)
  await importExample(pool(), memorySource('two.ndjson', asLines(records)), { uploadId: twice })
  expect(await previewTakingBack(ADMIN, twice)).toMatchObject({ executions: 5, handedOver: 0, emptied: 1 })
  await takeAll(twice)
  expect(await count('execution')).toBe(0)
})

test('original records that were gathered with others are dropped, and the others are still found', async () => {
  const [wrong, kept] = [sysmon(0, 8), sysmon(100, 107)]
  const [one, two] = [wrong.slice(0, 4), wrong.slice(4)]
  const first = await read('one.ndjson', ...one)
  await read('kept.ndjson', ...kept)
  const second = await read('two.ndjson', ...two)
  await gatherRawBlocks(pool(), '2027-01-01')
  expect(await count('raw_block')).toBe(1)
  await takeAll(first)
  await takeAll(second)
  const { rows } = await pool().query(
    'SELECT host_id, raw_block_id, raw_index FROM execution ORDER BY occurred_at',
  )
  const originals = []
  for (const row of rows)
    originals.push(await findRawRecord(pool(), { kind: 'all' }, row.host_id, row.raw_block_id, row.raw_index))
  expect(originals).toEqual(kept)
  const blocks = await pool().query('SELECT records, content FROM raw_block')
  expect(blocks.rows).toMatchObject([{ records: kept.length }])
  const [, ...lines] = await linesOf(blocks.rows[0].content)
  expect(lines).toEqual(kept)
})

test('a worker that stopped on the way is followed by another one, beside imports that go on', async () => {
  const days = [0, 1, 2, 3].map((day) => sysmon(day * NEXT_DAY, day * NEXT_DAY + 10))
  const wrong = await read('wrong.ndjson', ...days.flat())
  await takeBack(ADMIN, { uploadId: wrong, reason: 'wrong' })
  let asked = 0
  const stopping = { isOver: () => ++asked > 2, onProgress: async () => undefined }
  expect(await takeBackUpload(pool(), wrong, stopping)).toBe('later')
  expect(await count('execution')).toBe(20)
  const others = sysmon(3 * NEXT_DAY + 100, 3 * NEXT_DAY + 400)
  await Promise.all([runJobs(pool()), read('right.ndjson', ...others)])
  await settle()
  await runJobs(pool())
  expect(await count('execution')).toBe(300)
  const left = await everything()
  await empty(owner())
  await read('right.ndjson', ...others)
  expect(await everything()).toEqual(left)
})

test.each(['before the worker moved anything', 'after it'])(
  'of hosts that were merged only what the import brought goes: %s',
  async (when) => {
    const [mine, theirs] = ['ws-a.corp.example', 'pc-b.corp.example']
    const wrong = await read('wrong.ndjson', ...sysmon(0, 12, mine), ...sysmon(NEXT_DAY, NEXT_DAY + 2, mine))
    await read('right.ndjson', ...sysmon(6, 9, theirs), ...sysmon(500, 504, theirs))
    const hosts = await resolveHosts(pool(), [mine, theirs])
    const [fromId = 0, intoId = 0] = [mine, theirs].map((name) => hosts.get(name)?.hostId)
    await mergeHosts(ADMIN, { hostIds: [fromId], intoId })
    if (when === 'after it') await settle()
    await takeAll(wrong)
    expect(await count('execution')).toBe(7)
    expect((await pool().query('SELECT DISTINCT host_id FROM creation')).rows).toEqual([{ host_id: intoId }])
    await expectRebuiltAlike()
  },
)

test('of records that a merge found to be one no original stays behind that nothing would take back', async () => {
  const [mine, theirs] = ['ws-a.corp.example', 'pc-b.corp.example']
  const wrong = await read('wrong.ndjson', ...sysmon(6, 9, mine))
  const right = await read('right.ndjson', ...sysmon(6, 9, theirs))
  const hosts = await resolveHosts(pool(), [mine, theirs])
  const [fromId = 0, intoId = 0] = [mine, theirs].map((name) => hosts.get(name)?.hostId)
  await mergeHosts(ADMIN, { hostIds: [fromId], intoId })
  await settle()
  expect([await count('execution'), await count('raw_block')]).toEqual([3, 1])
  await takeAll(wrong)
  await takeAll(right)
  expect([await count('execution'), await count('raw_block')]).toEqual([0, 0])
})

test('what people judged stays without hits, and so does a host that somebody put into a group', async () => {
  const wrong = await read('wrong.ndjson', ...processes(0, 3, { commandLine: STRANGE }).map(sysmonRecord))
  expect(await count('deviation_hit')).toBeGreaterThan(0)
  await pool().query("UPDATE deviation SET touched = true, note = 'looked at'")
  await pool().query("INSERT INTO host_group (name) VALUES ('Tills')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT h.id, g.id, '1970-01-01' FROM host h, host_group g",
  )
  const judged = await count('deviation')
  expect(await previewTakingBack(ADMIN, wrong)).toMatchObject({ judged })
  await takeAll(wrong)
  expect([await count('deviation'), await count('deviation_hit'), await count('host')]).toEqual([
    judged,
    0,
    1,
  ])
})

test('a host that somebody puts into a group while it is about to be forgotten stays', async () => {
  const wrong = await read('wrong.ndjson', ...sysmon(0, 2))
  await takeBack(ADMIN, { uploadId: wrong, reason: 'wrong' })
  await runJobs(pool())
  await settle()
  await recompute(pool())
  await pool().query("INSERT INTO host_group (name) VALUES ('Kiosks')")
  const person = await owner().connect()
  await person.query('BEGIN')
  await person.query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT h.id, g.id, '1970-01-01' FROM host h, host_group g WHERE g.name = 'Kiosks'",
  )
  const forgetting = runJobs(pool())
  await expect
    .poll(
      async () =>
        // of others its owner alone sees what they wait for
        await owner().query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        ),
    )
    .toMatchObject({ rowCount: 1 })
  await person.query('COMMIT')
  person.release()
  await forgetting
  expect(await count('host')).toBe(1)
  expect(await count("job WHERE state = 'done'")).toBe(1)
})

test('a host that an approval left out of a decision stays, for the decision names it', async () => {
  const wrong = await read('wrong.ndjson', ...sysmon(0, 2), ...sysmon(0, 2, 'lab-7.lab.example'))
  const author = await examplePerson('rosa', 'manager')
  await pool().query(
    `INSERT INTO decision (entry_id, verdict, scope, proposed_scope, state, justification, proposed_by_id)
     SELECT (SELECT min(id) FROM catalogue_entry), 'safe-to-block', '{"kind": "hosts", "ids": [0]}',
       jsonb_build_object('kind', 'hosts', 'ids', jsonb_build_array(0, h.id)), 'approved', 'unused', $1 FROM host h WHERE name = $2`,
    [author.accountId, HOST],
  )
  await takeAll(wrong)
  expect((await pool().query('SELECT name FROM host')).rows).toEqual([{ name: HOST }])
})

test('only administrators who see all hosts take back, give a reason, and of imports that are over', async () => {
  const id = await read('log.ndjson', ...sysmon(0, 2))
  const admin: Actor = {
    kind: 'account',
    accountId: '5b0f3a52-0e1c-4b8e-9a53-0d6b1d2a7c11',
    email: 'milo@corp.example',
    name: 'Milo',
    role: 'admin',
    scope: { kind: 'all' },
  }
  for (const other of [
    { ...admin, role: 'manager' },
    { ...admin, scope: { kind: 'groups', groupIds: [1] } },
  ] as const) {
    await expect(previewTakingBack(other, id)).rejects.toThrow(/take back an import/)
    await expect(takeBack(other, { uploadId: id, reason: 'wrong' })).rejects.toThrow(/take back an import/)
  }
  await expect(takeBack(admin, { uploadId: id, reason: ' ' })).rejects.toThrow(/Say why/)
  await moveUpload(pool(), id, ['done'], 'running')
  await expect(takeBack(admin, { uploadId: id, reason: 'wrong' })).rejects.toThrow(/not over/)
  expect(await count('execution')).toBe(2)
})
