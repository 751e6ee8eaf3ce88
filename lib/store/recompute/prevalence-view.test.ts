import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { COUNTED_SPREAD, type Spread } from '@/lib/pipeline/baseline/prevalence'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { loadSpreads } from './prevalence-view'

withTestDatabase()

const FIRST_DAY = Date.UTC(2026, 0, 1) / 86_400_000
/** Ids, each of two kinds of use; the last is never observed. */
const PATTERNS = ['11', '22', '33', '44']
const sighting = fc.record({
  host: fc.integer({ min: 1, max: 6 }),
  pattern: fc.integer({ min: 0, max: PATTERNS.length - 2 }),
  kind: fc.integer({ min: 0, max: 1 }),
  day: fc.integer({ min: 0, max: 8 }),
  observed: fc.boolean(),
})
type Sighting = typeof sighting extends fc.Arbitrary<infer One> ? One : never

function textOf(day: number): string {
  return new Date((FIRST_DAY + day) * 86_400_000).toISOString().slice(0, 10)
}

function counted(sightings: readonly Sighting[], pattern: number, day: number): Spread | null {
  const before = sightings.filter((one) => one.observed && one.pattern === pattern && one.day < day)
  if (before.length === 0) return null
  return {
    hosts: Math.min(COUNTED_SPREAD.hosts, new Set(before.map(({ host }) => host)).size),
    days: Math.min(COUNTED_SPREAD.days, new Set(before.map((one) => one.day)).size),
    firstDay: FIRST_DAY + Math.min(...before.map((one) => one.day)),
  }
}

beforeAll(async () => {
  await pool().query(
    `INSERT INTO signature (id, entry_id, pattern_id, feature_ids, content, risk_millibits)
     SELECT pattern * 10 + kind, 1, pattern, '{}', '{}', 0 FROM unnest($1::bigint[]) AS pattern, generate_series(0, 1) AS kind`,
    [PATTERNS],
  )
})

/** Each as another person's use. */
async function store(sightings: readonly Sighting[]): Promise<void> {
  await pool().query('TRUNCATE usage')
  await pool().query(
    `INSERT INTO usage (host_id, day, signature_id, principal_id, entry_id, hours, first_at, last_at, executions, score_millibits, risk_millibits,
       novelty_millibits, trusted, refused, observed, anchors)
     SELECT host, day, pattern * 10 + kind, person, 1, 1, day, day, 1, 0, 0, 0, false, false, observed, ''
     FROM unnest($1::int[], $2::bigint[], $3::int[], $4::date[], $5::boolean[]) WITH ORDINALITY AS s(host, pattern, kind, day, observed, person)`,
    [
      sightings.map(({ host }) => host),
      sightings.map(({ pattern }) => PATTERNS[pattern]),
      sightings.map(({ kind }) => kind),
      sightings.map(({ day }) => textOf(day)),
      sightings.map(({ observed }) => observed),
    ],
  )
}

test('hosts and days of each pattern before a day are counted as far as they matter, whatever kind of use it was, and none while an incident held', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sighting, { maxLength: 60 }),
      fc.integer({ min: 0, max: 9 }),
      async (sightings, day) => {
        await store(sightings)
        expect(await loadSpreads(pool(), PATTERNS, textOf(day))).toEqual(
          PATTERNS.map((_, pattern) => counted(sightings, pattern, day)),
        )
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
