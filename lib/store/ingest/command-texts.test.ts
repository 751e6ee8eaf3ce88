import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storableText } from '@/lib/pipeline/storable-text'
import { closePool, pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { commandTextId } from './command-texts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  process.env['APP_DATABASE_URL'] = database.appUrl
})
afterAll(async () => {
  await closePool()
  await database.drop()
})

test('a command line has the same id here and in the database, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }).map(storableText), async (text) => {
      const { rows } = await pool().query('SELECT command_text_id($1) AS id', [text])
      expect(rows[0].id).toBe(commandTextId(text))
    }),
    { numRuns: 200 },
  )
})
