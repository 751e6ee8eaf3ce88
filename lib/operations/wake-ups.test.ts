import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { workOnWakeUps } from './wake-ups'

const NAME = 'test worker'
let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.url)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** The process of the database's that it listens on. */
async function listening(): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [NAME],
  )
  return rows[0]?.pid ?? null
}

test('who loses the connection it listens on while idle listens on another, and others see that it is there', async () => {
  const stopping = new AbortController()
  const ended = workOnWakeUps(pool, { channel: 'cordon_work', name: NAME }, stopping.signal, async () => null)
  try {
    await expect.poll(listening).not.toBeNull()
    const first = await listening()
    await pool.query('SELECT pg_terminate_backend($1)', [first])
    await expect.poll(async () => [null, first].includes(await listening())).toBe(false)
  } finally {
    stopping.abort()
    await ended
  }
})
