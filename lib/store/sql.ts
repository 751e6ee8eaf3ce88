import type pg from 'pg'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { env } from '@/lib/env'
import { isStopped, StoppedError } from '@/lib/errors'
import { sha256 } from '@/lib/pipeline/hash'

/** SQL is written as tagged templates and composed of them; values never enter the text. */
export { empty, join, raw, type Sql, sql }

/** A pool or a connection inside a transaction. */
export type Db = pg.Pool | pg.PoolClient

/** Rows of a query; the row type stands beside the query. @throws StoppedError where it took longer than a page may */
export async function rows<Row extends pg.QueryResultRow>(db: Db, query: Sql): Promise<Row[]> {
  return (await run<Row>(db, query)).rows
}

/** PostgreSQL takes names of up to 63 characters. */
const NAME_LENGTH = 32

/**
 * Rows of a statement that has few texts, whatever is asked: a connection plans each a few times and keeps the plan, under a name made of the text. For
 * what takes longer to plan than to do: many joins of tables of many months.
 */
export async function plannedRows<Row extends pg.QueryResultRow>(db: Db, query: Sql): Promise<Row[]> {
  return (await run<Row>(db, query, sha256(query.text).slice(0, NAME_LENGTH))).rows
}

/** The only row, or null. */
export async function findRow<Row extends pg.QueryResultRow>(db: Db, query: Sql): Promise<Row | null> {
  return (await rows<Row>(db, query))[0] ?? null
}

/** Runs a statement for its effect; answers the number of rows it touched. */
export async function execute(db: Db, query: Sql): Promise<number> {
  return (await run(db, query)).rowCount ?? 0
}

async function run<Row extends pg.QueryResultRow>(
  db: Db,
  { text, values }: Sql,
  name?: string,
): Promise<pg.QueryResult<Row>> {
  return await db
    .query<Row>({ text, values, ...(name !== undefined && { name }) })
    .catch((error: unknown) => {
      throw isStopped(error) ? new StoppedError(env('CORDON_STATEMENT_SECONDS'), { cause: error }) : error
    })
}

/** Commits what `work` did, or rolls all of it back. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    client.release(true)
    throw error
  }
}

const ATTEMPTS = 5

/** Takes a step that may hold rows which another one wants: of two that wait for each other PostgreSQL gives up one, which is simply taken again. */
export async function givingWay<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      if (attempt === ATTEMPTS || !isSerialisationFailure(error)) throw error
    }
  }
}

function isSerialisationFailure(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === '40P01' || code === '40001'
}
