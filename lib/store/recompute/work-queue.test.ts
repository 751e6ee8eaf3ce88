import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { transaction } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { finishDay } from './work-queue'

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
