import { expect, test } from 'vitest'
import { createPool } from './pool'
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
