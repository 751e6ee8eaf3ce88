import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTED_SPREAD, type Spread } from '@/lib/pipeline/baseline/prevalence'
import { pool } from '@/lib/store/pool'
import { featureValueId } from '@/lib/store/signatures'
import { withTestDatabase } from '@/lib/store/test-database'
import { loadSpreads } from './prevalence-view'

withTestDatabase()

const FIRST_DAY = Date.UTC(2026, 0, 1) / 86_400_000
const PATTERNS = ['tool one', 'tool two', 'tool three', 'tool four'].map((pattern) => ({
  entryId: 1,
  pattern,
}))
const sighting = fc.record({
  host: fc.integer({ min: 1, max: 6 }),
  pattern: fc.integer({ min: 0, max: PATTERNS.length - 2 }),
  day: fc.integer({ min: 0, max: 8 }),
})
type Sighting = typeof sighting extends fc.Arbitrary<infer One> ? One : never

function textOf(day: number): string {
  return new Date((FIRST_DAY + day) * 86_400_000).toISOString().slice(0, 10)
}

function counted(sightings: readonly Sighting[], pattern: number, day: number): Spread | null {
  const before = sightings.filter((one) => one.pattern === pattern && one.day < day)
  if (before.length === 0) return null
  return {
    hosts: Math.min(COUNTED_SPREAD.hosts, new Set(before.map(({ host }) => host)).size),
    days: Math.min(COUNTED_SPREAD.days, new Set(before.map((one) => one.day)).size),
    firstDay: FIRST_DAY + Math.min(...before.map((one) => one.day)),
  }
}

/** All that is observed; another binary's days of the same pattern do not count. */
async function store(sightings: readonly Sighting[]): Promise<void> {
  await pool().query('TRUNCATE pattern_day')
  await pool().query(
    `INSERT INTO pattern_day (host_id, entry_id, value_id, day)
     SELECT DISTINCT host, 1, value, day FROM unnest($1::int[], $2::bigint[], $3::date[]) AS s(host, value, day)
     UNION ALL SELECT 9, 2, $4::bigint, $5::date`,
    [
      sightings.map(({ host }) => host),
      sightings.map(({ pattern }) => featureValueId(PATTERNS[pattern]?.pattern ?? '')),
      sightings.map(({ day }) => textOf(day)),
      featureValueId('tool one'),
      textOf(0),
    ],
  )
}

test('hosts and days of each pattern before a day are counted as far as they matter, and no others', async () => {
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
