import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, vi } from 'vitest'
import { env } from '@/lib/env'
import { closePool } from './pool'

export type TestDatabase = {
  /** Connection of the owner. */
  url: string
  /** Connection of the application's role, as in production. */
  appUrl: string
  /** Breaks every connection and accepts no new one, or accepts them again. */
  refuse: (refused: boolean) => Promise<void>
  drop: () => Promise<void>
}

/** For the tests of a file: a database of their own, which `pool()` and `prisma()` connect to. Answers it, to whoever asks once they run. */
export function withTestDatabase(): () => TestDatabase {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
    vi.stubEnv('APP_DATABASE_URL', database.appUrl)
  })
  afterAll(async () => {
    await closePool()
    await database.drop()
  })
  return () => database
}

/** A migrated, empty database of the caller's own: a clone of the template, file by file, which takes a third of the time of writing it to the log. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(env('TEST_TEMPLATE_DATABASE_URL'))
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)} STRATEGY FILE_COPY`)
  const url = new URL(template)
  url.pathname = `/${name}`
  const appUrl = new URL(url)
  appUrl.searchParams.set('options', '-c role=cordon_app')
  return {
    url: url.toString(),
    appUrl: appUrl.toString(),
    refuse: async (refused) => {
      await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${!refused}`)
      if (refused)
        await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    },
    drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function administer(statement: string): Promise<void> {
  const server = new URL(env('TEST_TEMPLATE_DATABASE_URL'))
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.toString() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
