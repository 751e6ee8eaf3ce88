import { beforeEach, expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { remembered } from './remembered'

withTestDatabase()
beforeEach(async () => {
  await pool().query('DELETE FROM remembered')
})

/** Something that is always remembered, and how often it was worked out. */
function slowThing(name: string) {
  let times = 0
  const workOut = async () => ({ times: ++times })
  return {
    ask: () => remembered(name, { kind: 'all' }, null, workOut, { slowMs: 0 }),
    times: () => times,
  }
}

/** As if so many answers had been asked for by addresses, one a second up to now, and nothing else. */
async function fillWith(count: number): Promise<void> {
  await pool().query(`INSERT INTO remembered (key, revision, changes, worked_out_at, took_ms, asked_at, content)
    SELECT 'filled ' || i, 0, 0, now(), 1, now() - interval '1 second' * i, '1' FROM generate_series(1, ${count}) AS i`)
}

test('what was kept long ago and is asked for again is not forgotten before what was asked for once since', async () => {
  const [often, rarely, last] = [slowThing('often'), slowThing('rarely'), slowThing('last')]
  await Promise.all([often.ask(), rarely.ask()])
  await pool().query("UPDATE remembered SET asked_at = now() - interval '20 hours'")
  await fillWith(1_998)
  await often.ask()
  await last.ask()
  await Promise.all([often.ask(), rarely.ask()])
  expect([often.times(), rarely.times()]).toEqual([1, 2])
})
test('what another process has in hand to forget holds nobody up', async () => {
  await fillWith(2_010)
  const other = await pool().connect()
  try {
    await other.query("BEGIN; SELECT FROM remembered WHERE key = 'filled 2005' FOR UPDATE")
    await slowThing('beside it').ask()
    const { rows } = await pool().query('SELECT count(*)::int AS kept FROM remembered')
    expect(rows).toEqual([{ kept: 2_001 }])
  } finally {
    other.release(true)
  }
})
test('what anybody asks for by an address fills no database: what was asked for the longest time ago is forgotten', async () => {
  await pool().query(`INSERT INTO remembered (key, revision, changes, worked_out_at, took_ms, asked_at, content)
      SELECT i::text, 0, 0, now(), 1, now() - interval '1 minute' * (i + 1), '1' FROM generate_series(1, 2100) AS i`)
  const { ask, times } = slowThing('one more')
  await ask()
  const { rows } = await pool().query(
    'SELECT count(*)::int AS kept, max(key::int) FILTER (WHERE length(key) < 5) AS oldest FROM remembered',
  )
  expect(rows).toEqual([{ kept: 2_000, oldest: 1_999 }])
  await ask()
  expect(times()).toBe(1)
})
