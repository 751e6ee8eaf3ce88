import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { transaction } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { markDirty } from '../hosts'
import { findNextDay, finishDay } from './work-queue'

withTestDatabase()

test('who finishes a day takes hosts in order, so that a batch of the same hosts waits for it and never in a ring', async () => {
  await pool().query(
    "INSERT INTO host_work (host_id, dirty_from) SELECT n, '2026-01-05' FROM generate_series(1, 3) AS n",
  )
  const turns = [3, 2, 1].map((hostId) => ({ hostId, revision: '0' }))
  const batch = await pool().connect()
  await batch.query('BEGIN')
  await batch.query('SELECT FROM host_work WHERE host_id = 1 FOR UPDATE')
  const finished = transaction(pool(), (client) => finishDay(client, { day: '2026-01-05', turns }))
  const isWaiting = async () =>
    (
      await pool().query(
        'SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0',
      )
    ).rowCount
  await expect.poll(isWaiting).toBeGreaterThan(0)
  // the batch goes on to its other hosts: whoever waits for the first holds none of them
  await batch.query('SELECT FROM host_work WHERE host_id IN (2, 3) ORDER BY host_id FOR UPDATE NOWAIT')
  await batch.query('COMMIT')
  batch.release()
  await finished
  const { rows } = await pool().query('SELECT host_id FROM host_work WHERE dirty_from IS NOT NULL')
  expect(rows).toEqual([])
})

test('what comes in for today while an early day is computed leaves that day done; what comes in for it has it done again', async () => {
  await pool().query('TRUNCATE host_work')
  await pool().query(
    "INSERT INTO host_work (host_id, dirty_from, queued_from) VALUES (1, '2026-01-05', '2026-01-05')",
  )
  const dayAfter = async (...arriving: string[]) => {
    const work = await findNextDay(pool())
    if (work === null) throw new Error('nothing waits')
    for (const day of arriving) await markDirty(pool(), [1], day)
    await transaction(pool(), (client) => finishDay(client, work))
    return (await findNextDay(pool()))?.day ?? null
  }
  // once more, since what was queued before the turn counts as well
  expect(await dayAfter('2026-03-01')).toBe('2026-01-05')
  expect(await dayAfter('2026-03-01')).toBe('2026-03-01')
  expect(await dayAfter('2026-02-01', '2026-03-01')).toBe('2026-02-01')
  expect(await dayAfter('2026-02-01')).toBe('2026-02-01')
  expect(await dayAfter()).toBeNull()
})

test('of hosts that wait for long ago and for now the latest can be asked for, and the earliest where none waits for now', async () => {
  await pool().query('TRUNCATE host_work')
  await pool().query(
    "INSERT INTO host_work (host_id, dirty_from) VALUES (1, '2026-01-05'), (2, '2026-03-01'), (3, '2026-03-01')",
  )
  expect(await findNextDay(pool(), '2026-02-28')).toMatchObject({
    day: '2026-03-01',
    turns: [{ hostId: 2 }, { hostId: 3 }],
  })
  expect(await findNextDay(pool(), '2026-03-02')).toMatchObject({ day: '2026-01-05', turns: [{ hostId: 1 }] })
})
