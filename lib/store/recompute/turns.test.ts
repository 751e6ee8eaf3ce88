import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { awaitTurns, forgetTurns, offerTurns, takeTurns } from './turns'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  await pool.query(
    'INSERT INTO host_work (host_id, revision) SELECT n, n * 10 FROM generate_series(1, 5) AS n',
  )
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(async () => {
  await forgetTurns(pool)
  await offerTurns(pool, {
    day: '2026-01-05',
    turns: [1, 2, 3, 4, 5].map((hostId) => ({ hostId, revision: '0' })),
  })
})

test('workers take different hosts at a time, with the revision of that moment, until none is left', async () => {
  const seen: unknown[] = []
  await takeTurns(pool, 2, async (first) => {
    seen.push(first)
    await takeTurns(pool, 10, async (second) => {
      seen.push(second.turns.map(({ hostId }) => hostId))
      expect(await takeTurns(pool, 10, () => Promise.reject(new Error('nothing is left')))).toBe(false)
    })
  })
  expect(seen).toEqual([
    {
      day: '2026-01-05',
      turns: [
        { hostId: 1, revision: '10' },
        { hostId: 2, revision: '20' },
      ],
    },
    [3, 4, 5],
  ])
  expect(await awaitTurns(pool)).toBe(true)
})

test('what a worker took and did not finish is on offer again, and whoever waits for it hears of it', async () => {
  let waiting: Promise<boolean> | null = null
  const dying = takeTurns(pool, 3, async () => {
    waiting = awaitTurns(pool)
    throw new Error('died')
  })
  await expect(dying).rejects.toThrow('died')
  expect(await waiting).toBe(false)
  const again: number[] = []
  expect(
    await takeTurns(pool, 10, async ({ turns }) => {
      again.push(...turns.map(({ hostId }) => hostId))
    }),
  ).toBe(true)
  expect(again).toEqual([1, 2, 3, 4, 5])
})
