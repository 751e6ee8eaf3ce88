import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RestGatherer } from '@/lib/operations/ingest/gather-rest'
import { loadRecogniser } from '@/lib/operations/ingest/load-recogniser'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { REACHED_HOSTS } from '@/lib/pipeline/baseline/weights'
import { foldFleet } from '@/lib/pipeline/deviation/fold-fleet'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, openImportFile } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import { createPool, type Pool } from '@/lib/store/pool'
import { loadStoredUse } from '@/lib/store/preview-usage'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { type Draw, draw, everythingOf, type Item, toCreation } from './example-events'
import { queueRebuild, recompute } from './recompute'

let database: TestDatabase
let pool: Pool
let workers: Pool[]

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  workers = Array.from({ length: 4 }, () => createPool(database.appUrl, 5))
  await ensureCatalogue(pool)
  await storeRules()
})
afterAll(async () => {
  await Promise.all([pool, ...workers].map((one) => one.end()))
  await database.drop()
})

/** Sigma rules that some of the uses meet: by what only one sensor reports, and by what they loaded and reached. */
async function storeRules(): Promise<void> {
  await pool.query(`INSERT INTO sigma_rule_set (name, source, loaded_at) VALUES ('test', 'test', now())`)
  for (const [id, category, selection] of [
    ['script', 'process_creation', { 'CommandLine|contains': '.sct' }],
    ['medium', 'process_creation', { 'Image|endswith': 'rundll32.exe', IntegrityLevel: 'medium' }],
    ['module', 'image_load', { 'ImageLoaded|contains': 'Temp', Signed: false }],
    ['contact', 'network_connection', { DestinationPort: 443 }],
    ['query', 'dns_query', { 'QueryName|endswith': '.example.com' }],
  ] as const) {
    const logsource = { category, product: 'windows' }
    const document = {
      title: id,
      level: 'medium',
      logsource,
      detection: { selection, condition: 'selection' },
    }
    await pool.query(
      `INSERT INTO sigma_rule (id, set_id, title, level, category, description, author, document, updated_at)
       SELECT $1, id, $1, 'medium', $3, '', '', $2, now() FROM sigma_rule_set`,
      [id, JSON.stringify(document), category],
    )
  }
}

async function ingest(items: readonly Item[]) {
  const file = await openImportFile(pool, await createUpload(pool, EXAMPLE_UPLOAD), 'test', 'json')
  const recognise = await loadRecogniser(pool)
  const rest = new RestGatherer(recognise)
  for (const { event, hostName } of items) rest.add(event, hostName)
  return writeBatch(
    pool,
    items.flatMap(({ event, hostName }) =>
      event.kind === 'process-creation' ? [{ event, hostName, ...recognise(event), original: '{}' }] : [],
    ),
    {
      importFileId: file.id,
      checkpoint: items.length,
      records: items.length,
      eventsByKind: {},
      rejections: [],
      firstAtUs: null,
      lastAtUs: null,
    },
    rest.take(),
  )
}

/** All that is derived, by host name: host ids depend on which host came first. */
async function derived(): Promise<unknown> {
  const host = (table: string, rest: string) =>
    pool.query(`SELECT h.name, ${rest} FROM ${table} t JOIN host h ON h.id = t.host_id ORDER BY 1, ${rest}`)
  const results = await Promise.all([
    host(
      'usage',
      't.day, t.signature_id, t.principal_id, t.hours, t.first_at, t.last_at, t.executions, t.anchors, t.score_millibits, t.trusted, t.refused',
    ),
    host('host_value', 't.entry_id, t.feature, t.value_id, t.first_day'),
    host('deviation_hit', 't.day, t.deviation_id, t.signature_id, t.score_millibits, t.reasons::text'),
    host('coverage', 't.day, t.sensor, t.creations, t.with_command_line, t.hours'),
    host('module_use', 't.day, t.entry_id, t.module_id, t.executions, t.first_at, t.last_at'),
    host('network_use', 't.day, t.entry_id, t.destination_id, t.name, t.executions, t.events, t.blocked'),
    host('child_use', 't.day, t.entry_id, t.image_id, t.executions, t.first_at, t.last_at'),
    pool.query(
      `SELECT h.name, t.day, t.sensor, t.kind, t.subject, bit_or(t.hours) AS hours, min(t.first_at) AS first_at, max(t.last_at) AS last_at
       FROM telemetry t JOIN host h ON h.id = t.host_id GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
    ),
    host('attempt', 't.occurred_at, t.id, t.entry_id, t.control, t.outcome'),
    host('sigma_hit', 't.day, t.rule_id, t.signature_id, t.principal_id, t.events'),
    host('execution', 't.occurred_at, t.id, t.anchor_id'),
    pool.query('SELECT * FROM prevalence ORDER BY scope_id, entry_id, feature, value_id, day'),
    pool.query('SELECT id, title FROM deviation ORDER BY id'),
  ])
  return results.map(({ rows }) => rows)
}

async function empty(): Promise<void> {
  await pool.query(
    'TRUNCATE execution, process, raw_block, process_event, attempt, policy_state, telemetry, module_use, network_use, child_use, usage, host_value, prevalence, deviation_hit, coverage, host_work, host_alias, host, deviation, upload CASCADE',
  )
}

/** Four workers, each with connections of its own, and a host a turn. */
async function computeTogether(): Promise<void> {
  let isDone = false
  await Promise.all(
    workers.map(async (worker) => {
      while (!isDone) if (await recompute(worker, { hostsATurn: 1 })) isDone = true
    }),
  )
}

/** The same events in any order and batching, later days before earlier ones now and then, and a rebuild after them by one worker or by four, give the same derived rows. */
async function expectOneSolution(runs: number, drawn: fc.Arbitrary<Draw> = draw): Promise<void> {
  const plan = fc.record({
    draws: fc.array(drawn, { minLength: 1, maxLength: 40 }),
    order: fc.infiniteStream(fc.nat()),
    cuts: fc.array(fc.constantFrom(1, 1, 2, 5, 12), { minLength: 1, maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ draws, order, cuts }) => {
      const items = draws.flatMap(everythingOf)
      await empty()
      await ingest(items)
      await recompute(pool)
      const atOnce = await derived()

      await empty()
      const shuffled = items
        .map((item) => ({ item, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item)
      for (let from = 0, cut = 0; from < shuffled.length; cut++) {
        const size = cuts[cut % cuts.length] ?? 1
        await ingest(shuffled.slice(from, from + size))
        await recompute(pool, { presentFrom: '2026-01-08' })
        from += size
      }
      expect(await derived()).toEqual(atOnce)

      await queueRebuild(pool)
      await recompute(pool)
      expect(await derived()).toEqual(atOnce)

      await queueRebuild(pool)
      await computeTogether()
      expect(await derived()).toEqual(atOnce)
    }),
    { numRuns: runs },
  )
}

test('any order and batching of the same events gives the same baselines, scores and deviations, and a rebuild gives them again, by one worker or by four', async () => {
  await expectOneSolution(3)
}, 240_000)

test('so it does with settings that changed in the middle of history, and with days that an incident distrusts', async () => {
  await pool.query(
    `INSERT INTO setting (key, valid_from, value) VALUES ('scoring', '2026-01-08', '{"noveltyShare": 0.8, "riskBits": {"user-temp": 8},
       "learning": {"windowDays": 14, "halfLifeDays": 3}}')`,
  )
  await pool.query(
    `INSERT INTO incident (name, scope, from_day, to_day) VALUES ('x', '{"kind": "fleet"}', '2026-01-10', '2026-01-11')`,
  )
  await expectOneSolution(2)
  await pool.query('DELETE FROM setting')
  await pool.query('DELETE FROM incident')
}, 240_000)

test('so it does where hosts begin with the same within hours of each other, on one of two days', async () => {
  const sameDay = draw.map((drawn): Draw => ({ ...drawn, day: drawn.day % 2, use: 2, actions: [] }))
  await expectOneSolution(3, sameDay)
}, 240_000)

test('what a host adds to prevalence always sums up to prevalence', async () => {
  const { rows } = await pool.query(
    `SELECT entry_id, feature, value_id, first_day, count(*)::int AS hosts FROM host_value GROUP BY 1, 2, 3, 4
     EXCEPT SELECT entry_id, feature, value_id, day, hosts FROM prevalence WHERE scope_id = 0`,
  )
  expect(rows).toEqual([])
})

test('what another method computed is computed anew by whoever computes first, and once', async () => {
  await queueRebuild(pool)
  await recompute(pool)
  const computed = await derived()
  const changeScores = () => pool.query('UPDATE usage SET score_millibits = score_millibits + 1')
  await changeScores()
  await pool.query('UPDATE scoring_method SET version = 0')
  await recompute(pool)
  expect(await derived()).toEqual(computed)
  await changeScores()
  await recompute(pool)
  expect(await derived()).not.toEqual(computed)
})

test('a record that arrives twice is stored once, and one process that two sensors report is one execution', async () => {
  await empty()
  const drawn: Draw = {
    host: 0,
    day: 1,
    minute: 5,
    use: 0,
    parent: 0,
    pid: 100,
    sensors: [],
    shift: 0,
    actions: [],
  }
  const both = [toCreation(drawn, 'sysmon'), toCreation(drawn, 'security')]
  expect(await ingest(both)).toMatchObject({
    processes: 2,
    processesDuplicate: 0,
    executions: 1,
    executionsDuplicate: 1,
    events: { kept: {}, duplicate: {} },
  })
  expect(await ingest(both)).toMatchObject({
    processes: 0,
    processesDuplicate: 2,
    executions: 0,
    executionsDuplicate: 2,
    events: { kept: {}, duplicate: {} },
  })
  await recompute(pool)
  const { rows } = await pool.query('SELECT sum(executions)::int AS executions FROM usage')
  expect(rows).toEqual([{ executions: 1 }])
})

test('what a host begins with an hour after another on the same day scores less, whichever arrives first, and within the hour in full', async () => {
  await empty()
  const scoresWith = async (host: number, hour: number) => {
    const drawn = { host, day: 1, minute: hour * 60, use: 2, parent: 0, pid: 100, shift: 0 }
    await ingest([toCreation({ ...drawn, sensors: ['sysmon'], actions: [] }, 'sysmon')])
    await recompute(pool)
    const { rows } = await pool.query<{ hour: string; score: number }>(
      `SELECT (extract(epoch FROM first_at) / 3600)::float8 AS hour, score_millibits AS score FROM usage ORDER BY 1`,
    )
    return rows.map(({ score }) => score)
  }
  const [full = 0] = await scoresWith(1, 12)
  const [first, late = full] = await scoresWith(0, 9)
  expect(first).toBe(full)
  expect(late).toBeLessThan(full)
  expect(await scoresWith(2, 9.5)).toEqual([full, full, late])
  // that the host which came last had begun before all others makes them late
  expect(await scoresWith(2, 7)).toEqual([full, late, late])
})

test('what has reached many hosts scores less on further ones however fast it came, whichever arrives first', async () => {
  await empty()
  const lateAfter = async (minutes: readonly number[]) => {
    const drawn = { day: 1, use: 2, parent: 0, pid: 100, shift: 0, sensors: [], actions: [] }
    await ingest(minutes.map((minute) => toCreation({ ...drawn, host: minute, minute }, 'sysmon')))
    await recompute(pool)
    const { rows } = await pool.query<{ score: number }>('SELECT score_millibits AS score FROM usage')
    const full = Math.max(...rows.map(({ score }) => score))
    return rows.filter(({ score }) => score < full).length
  }
  expect(await lateAfter(Array.from({ length: REACHED_HOSTS }, (_, at) => 600 + at))).toBe(0)
  expect(await lateAfter([640])).toBe(1)
  // one that had begun before all others
  expect(await lateAfter([599])).toBe(2)
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
    { numRuns: 6 },
  )
}, 240_000)
