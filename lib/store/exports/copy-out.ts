import { pipeline, type Readable } from 'node:stream'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { ExpectedError } from '@/lib/errors'
import { patientPool } from '@/lib/store/pool'
import { type Sql, sql } from '@/lib/store/sql'
import { BEGINS_FORMULA } from './begins-formula'
import { CsvLines } from './csv-lines'
import { LastField, type ToField } from './last-field'

/** Each holds a database connection for as long as its reader takes: some must be left for the pages. */
const MAX_RUNNING = 4
let running = 0

/**
 * Streams a query's rows as CSV (RFC 4180, UTF-8, header first) straight out of PostgreSQL; memory stays constant.
 * The connection is freed when the stream ends, or is destroyed because the reader went away. `toField`: what the last field is made into (partsOfField).
 * @throws ExpectedError 'busy' while too many are running
 */
export async function copyOut(query: Sql, toField: ToField | null = null): Promise<CsvLines> {
  if (running >= MAX_RUNNING)
    throw new ExpectedError('busy', 'Too many exports are running. Try again when one has finished.')
  running++
  try {
    return await start(query, toField)
  } catch (error) {
    running--
    throw error
  }
}

async function start(query: Sql, toField: ToField | null): Promise<CsvLines> {
  const client = await patientPool().connect()
  const stream = copyTo(client, `COPY (${inline(query)}) TO STDOUT WITH (FORMAT csv, HEADER true)`)
  let ended = false
  stream.once('end', () => {
    ended = true
  })
  stream.once('close', () => {
    running--
    client.release(!ended)
  })
  const lines = new CsvLines()
  // either's end ends the other; what went wrong, readers of the lines are told
  pipeline([stream, ...(toField === null ? [] : [new LastField(toField)]), lines], () => undefined)
  return lines
}

/** What a COPY … TO STDOUT statement answers, as PostgreSQL sends it. */
export function copyTo(client: pg.PoolClient, statement: string): Readable {
  return client.query(to(statement))
}

/** COPY takes no parameters: values become literals here, escaped by the driver. */
export function inline(query: Sql): string {
  return query.strings.reduce((text, part, index) => {
    const previous = query.values[index - 1]
    return index === 0 ? part : `${text}${toLiteral(previous)}${part}`
  }, '')
}

function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return pg.escapeLiteral(String(value))
  if (Array.isArray(value)) return `ARRAY[${value.map(toLiteral).join(',')}]`
  return pg.escapeLiteral(String(value))
}

/**
 * A text column that a spreadsheet cannot take for a formula: an apostrophe goes before what would begin one (BEGINS_FORMULA). Numbers of our own stay numbers.
 */
export function safeText(column: Sql): Sql {
  return sql`CASE WHEN ${column} ~ '^[\\t\\r\\n]|(^|[;\\t\\r\\n])"*[=+@\uff1d\uff0b\uff0d\uff20-]'
    THEN regexp_replace(${column}, ${BEGINS_FORMULA}::text, '''', 'g') ELSE ${column} END`
}
