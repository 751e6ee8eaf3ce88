import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPool, parseTimestamp, toTimestamp } from './pool'
import { createTestDatabase } from './test-database'

test('a connection that the server drops while it is in use and asks nothing fails at its next query, and ends no process', async () => {
  const database = await createTestDatabase()
  const pool = createPool(database.appUrl)
  try {
    const client = await pool.connect()
    await client.query('BEGIN')
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
    await database.refuse(true)
    // without a listener an 'error' would be thrown here, to nobody
    await ended
    await expect(client.query('SELECT 1')).rejects.toThrow()
    client.release(true)
    await database.refuse(false)
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  } finally {
    await pool.end()
    await database.drop()
  }
})

test('a time is printed to the microsecond, whichever was printed before', () => {
  const lastUs = Date.UTC(9999, 11, 31) * 1000
  fc.assert(
    fc.property(fc.integer({ min: -lastUs / 8, max: lastUs }), (us) => {
      const printed = toTimestamp(us)
      expect(printed).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00$/)
      expect(parseTimestamp(printed.replace('T', ' '))).toBe(us)
    }),
  )
})
