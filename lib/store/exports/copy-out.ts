import pg from 'pg'
import { to } from 'pg-copy-streams'
import { pool } from '@/lib/store/pool'
import { type Sql, sql } from '@/lib/store/sql'

/**
 * Streams a query's rows as CSV (RFC 4180, UTF-8, header first) straight out of PostgreSQL; memory stays constant.
 * The connection is freed when the stream ends, or is destroyed because the reader went away.
 */
export async function copyOut(query: Sql): Promise<AsyncIterable<Uint8Array>> {
  const client = await pool().connect()
  const stream = client.query(to(`COPY (${inline(query)}) TO STDOUT WITH (FORMAT csv, HEADER true)`))
  let ended = false
  stream.once('end', () => {
    ended = true
  })
  stream.once('close', () => client.release(!ended))
  return stream
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
 * A text column that a spreadsheet cannot take for a formula: what starts like one gets an apostrophe in front
 * (OWASP, "CSV Injection"). Numbers of our own stay numbers.
 */
export function safeText(column: Sql): Sql {
  return sql`CASE WHEN ${column} ~ '^[=+@\\t\\r-]' THEN '''' || ${column} ELSE ${column} END`
}
