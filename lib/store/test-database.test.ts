import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

test('a test database starts migrated and empty', async () => {
  expect((await query(database.url, 'SELECT count(*)::int AS hosts FROM host')).rows).toEqual([{ hosts: 0 }])
})

test('the application role can add to the audit log but neither change nor delete it', async () => {
  expect((await query(database.appUrl, 'SELECT current_user')).rows).toEqual([{ current_user: 'cordon_app' }])
  const can = async (right: string) =>
    (await query(database.appUrl, `SELECT has_table_privilege('audit_entry', '${right}') AS granted`)).rows[0]
      .granted
  expect(await can('INSERT')).toBe(true)
  expect(await can('UPDATE')).toBe(false)
  expect(await can('DELETE')).toBe(false)
  expect(await can('TRUNCATE')).toBe(false)
})
