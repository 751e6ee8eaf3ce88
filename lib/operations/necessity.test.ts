import { expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { assessNecessity, type NecessityFacts } from '@/lib/pipeline/decision/necessity'
import { pool } from '@/lib/store/pool'
import { findBinary } from '@/lib/store/screens/binary/view'
import { loadNecessityNow } from '@/lib/store/screens/what-if/load-necessity'
import { withTriageExamples } from './triage-examples'

const examples = withTriageExamples()

/** What the driver's purpose is said to be judged as, to whoever sees these hosts. */
async function judged(of: Scope): Promise<string | null | undefined> {
  const entry = await findBinary('regsvr32.exe')
  if (entry === null) throw new Error('no entry')
  const { purposes } = await loadNecessityNow(of, entry, { kind: 'fleet' })
  return purposes.find(({ pattern }) => pattern?.includes('driver'))?.deviation
}

test('what other hosts’ deviations were judged as is not said of the same use on hosts in sight', async () => {
  const scope: Scope = { kind: 'groups', groupIds: [examples().groupId] }
  expect(await judged(scope)).toBe('open')
  await pool().query(
    `DELETE FROM deviation_hit WHERE host_id IN (SELECT host_id FROM host_group_member) AND deviation_id IN (
       SELECT id FROM deviation WHERE title LIKE '%driver%')`,
  )
  expect(await judged(scope)).toBeNull()
  expect(await judged({ kind: 'all' })).toBe('open')
})

test('one log from years ago, or one clock that is ahead, does not stretch the period that is judged by', async () => {
  const entry = await findBinary('regsvr32.exe')
  if (entry === null) throw new Error('no entry')
  const judge = async () => assessed(await loadNecessityNow({ kind: 'all' }, entry, { kind: 'fleet' }))
  await report('of-today', '2026-01-05', '2026-02-28', 12)
  const before = await judge()
  expect(before.facts.window).toEqual({ from: '2026-01-05', to: '2026-02-28' })
  expect(before.facts.notSeenOn.full).toBe(12)

  await report('of-old', '2019-03-01', '2019-03-01', 1)
  await report('ahead', '2031-01-01', '2031-01-01', 1)
  const after = await judge()
  expect(after.facts.window).toEqual(before.facts.window)
  expect(after.facts.notSeenOn).toMatchObject({ full: 12 })
  expect(after.cycles).toEqual(before.cycles)
  expect(after.facts.daysUsed).toBe(before.facts.daysUsed)
})

const assessed = (facts: NecessityFacts) => ({ facts, cycles: assessNecessity(facts).cycles })

/** So many hosts whose processes are reported in full on each day of a period. */
async function report(name: string, from: string, to: string, hosts: number): Promise<void> {
  await pool().query(
    `WITH added AS (INSERT INTO host (name) SELECT $1 || n FROM generate_series(1, $4::int) n RETURNING id, name),
       named AS (INSERT INTO host_alias (host_id, alias) SELECT id, name FROM added)
     INSERT INTO coverage (host_id, day, sensor, creations, with_command_line, with_parent, with_hash, first_at, last_at)
     SELECT id, day, 0, 10, 10, 10, 10, day, day FROM added, generate_series($2::date, $3::date, '1 day') day`,
    [name, from, to, hosts],
  )
}
