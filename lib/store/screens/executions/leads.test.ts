import { beforeAll, expect, test } from 'vitest'
import { Dice } from '@/fixtures/dice'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { closePool, pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { rows, sql } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { parseExecutionRequest, toExecutionFilter } from './filter'
import type { SearchLimits } from './leads'
import { resolveFilter } from './resolve-filter'
import { type ExecutionKey, matchingKeys, searchExecutions } from './search'
import { countByTime } from './timeline'

const ALL: Scope = { kind: 'all' }
const HOUR_US = 3_600_000_000
const [SIGNATURE, DEVIATION] = ['77', '88']
const BINARIES = ['rundll32.exe', 'certutil.exe']
let groups: Scope

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  // two months, sensors that name users differently, and records of one process on both sides of midnight
  const dice = new Dice(5)
  await storeCreations(
    Array.from({ length: 80 }, (_, at) => {
      const image = `C:\\Windows\\System32\\${dice.pick(BINARIES)}`
      return {
        ...EXAMPLE_CREATION,
        recordKey: `record ${at}`,
        host: `ws-${dice.below(4)}.corp.example`,
        sensor: dice.pick(['sysmon', 'security'] as const),
        time: { us: EXAMPLE_CREATION.time.us + dice.below(50 * 24) * HOUR_US - (at % 9), tick: 0 },
        pid: 100 + at,
        image,
        commandLine: `${image} ${dice.pick(['frequent.dll', 'other.dll'])},Go`,
        parentImage: `C:\\Windows\\${dice.pick(['explorer.exe', 'System32\\svchost.exe'])}`,
        user: `CORP\\${dice.pick(['ada', 'grace'])}`,
      }
    }).flatMap((event, at) =>
      at % 5 === 0
        ? [
            { ...event, sensor: 'sysmon' as const },
            {
              ...event,
              recordKey: `twin ${at}`,
              sensor: 'security' as const,
              time: { us: event.time.us + 20, tick: 0 },
              user: 'other\\name',
            },
          ]
        : [event],
    ),
  )
  await pool().query(`
    INSERT INTO signature (id, entry_id, feature_ids, content, risk_millibits)
      SELECT ${SIGNATURE}, id, '{}', '{}', 0 FROM catalogue_entry WHERE slug = 'rundll32.exe';
    INSERT INTO usage (host_id, day, signature_id, principal_id, entry_id, hours, first_at, last_at, executions, score_millibits, risk_millibits,
        novelty_millibits, trusted, refused, observed, anchors)
      SELECT host_id, (occurred_at AT TIME ZONE 'UTC')::date, ${SIGNATURE}, coalesce(principal_id, 0), min(entry_id), 0, min(occurred_at), max(occurred_at), count(*),
        4000 + (count(*) % 2) * 8000, 0, 0, false, false, true, string_agg(int8send(id), '' ORDER BY int8send(id))
      FROM execution WHERE anchor_id = id AND id % 3 <> 0 AND entry_id = (SELECT id FROM catalogue_entry WHERE slug = 'rundll32.exe') GROUP BY 1, 2, 4;
    INSERT INTO deviation_hit (host_id, day, deviation_id, signature_id, principal_id, score_millibits, risk_millibits, novelty_millibits, nu_millis,
        p_millibits, executions, first_at, last_at, reasons)
      SELECT host_id, day, ${DEVIATION}, signature_id, principal_id, score_millibits, 0, 0, 0, 0, executions, first_at, last_at, '[]'
      FROM usage WHERE host_id % 2 = 0`)
  const group = await pool().query("INSERT INTO host_group (name) VALUES ('Some') RETURNING id")
  groups = { kind: 'groups', groupIds: [group.rows[0].id] }
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '2020-01-01' FROM host WHERE id % 2 = 0",
    [group.rows[0].id],
  )
})

const SINGLE: Record<string, string>[] = [
  {},
  { user: 'ada' },
  { user: 'name' },
  { parent: 'explorer.exe' },
  { image: 'certutil' },
  { host: 'ws-1' },
  { binary: 'rundll32.exe' },
  { sensor: 'security' },
  { score: '4' },
  { score: '12' },
  { deviation: DEVIATION },
  { signature: SIGNATURE },
  { q: 'frequent.dll' },
  { group: 'Some' },
]
/** Each filter, and every third pair of them. */
const WHERE = SINGLE.flatMap((one, at) =>
  SINGLE.slice(at).flatMap((other, ahead) => (ahead % 3 === 0 ? [{ ...one, ...other }] : [])),
)
const WHEN: Record<string, string>[] = [
  { days: 'all' },
  { from: '2026-01-20T03:00', to: '2026-02-12' },
  { to: '2026-01-25T12:30' },
]
/** In turns at another time and for another reader. */
const COMBINATIONS = WHERE.map((where, at) => ({
  params: { ...where, ...WHEN[at % WHEN.length] },
  scope: () => (at % 2 === 0 ? ALL : groups),
}))

/** Whatever is rare leads to all; nothing is rare; nothing is rare, and all is frequent. */
const LIMITS: Partial<SearchLimits & { texts: number }>[] = [
  {},
  { rare: 0, scored: 0, first: 4, looked: 40, counted: 1000, texts: 0 },
  { rare: 0, scored: 0, first: 4, looked: 40, counted: 1000, texts: 0, sampled: 0 },
]

async function resolved(scope: Scope, params: Record<string, string>, limits: (typeof LIMITS)[number]) {
  return resolveFilter(scope, toExecutionFilter(parseExecutionRequest(params), null), limits)
}

/** Everything that matches, by reading every execution. */
async function expected(scope: Scope, params: Record<string, string>): Promise<string[]> {
  const keys = matchingKeys(scope, await resolved(scope, params, {}), null, sql`execution_with_texts`)
  const found = await rows<{ id: string }>(
    pool(),
    sql`${keys} ORDER BY e.occurred_at DESC, e.host_id DESC, e.id DESC`,
  )
  return found.map(({ id }) => id)
}

test('pages give each execution that matches once, newest or oldest first, whichever way it is looked for', {
  timeout: 120_000,
}, async () => {
  for (const { params } of COMBINATIONS)
    for (const [scope, sort] of [
      [ALL, '-time'],
      [groups, '-time'],
      [ALL, 'time'],
    ] as const) {
      const newestFirst = await expected(scope, params)
      const all = sort === 'time' ? newestFirst.toReversed() : newestFirst
      for (const limits of LIMITS) {
        const filter = await resolved(scope, { ...params, sort }, limits)
        const read: string[] = []
        let after: ExecutionKey | null = null
        do {
          const page = await searchExecutions(scope, filter, { after, pageSize: 20 })
          read.push(...page.rows.map(({ id }) => id))
          after = page.next
        } while (after)
        expect(read, JSON.stringify([params, sort, limits, filter.trail.kind])).toEqual(all)
      }
    }
})
test('what is counted is what is listed, whichever way it is looked for, or said to be some of it', {
  timeout: 120_000,
}, async () => {
  for (const { params } of COMBINATIONS)
    for (const limits of LIMITS) {
      const filter = await resolved(ALL, { ...params, sensor: 'security' }, limits)
      const all = await expected(ALL, { ...params, sensor: 'security' })
      expect(await countByTime(ALL, filter), JSON.stringify(params)).toMatchObject({
        total: all.length,
        complete: true,
      })
      const few = await countByTime(ALL, { ...filter, limits: { ...filter.limits, counted: 3 } })
      expect(few.complete ? few.total === all.length : few.total <= 3).toBe(true)
    }
})
test('no combination of filters reads a month from end to end', { timeout: 120_000 }, async () => {
  await pool().query('ANALYZE')
  const scanned = async () => {
    // what a connection counted is told when it ends
    await closePool()
    const { rows: found } = await pool().query<{ scans: string }>(
      "SELECT coalesce(sum(seq_scan), 0) AS scans FROM pg_stat_user_tables WHERE schemaname = 'part' AND seq_tup_read > 0",
    )
    return Number(found[0]?.scans)
  }
  const before = await scanned()
  pool().on('connect', (client) => void client.query('SET enable_seqscan = off'))
  for (const [at, { params }] of COMBINATIONS.entries())
    for (const limits of LIMITS) {
      const filter = await resolved(groups, { ...params, sort: at % 3 === 0 ? 'time' : '-time' }, limits)
      await searchExecutions(groups, filter, { after: null, pageSize: 15 })
      await countByTime(groups, filter)
    }
  expect(await scanned()).toBe(before)
})
