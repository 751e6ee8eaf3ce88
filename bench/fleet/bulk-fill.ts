import type { Pool } from '@/lib/store/pool'
import type { Db } from '@/lib/store/sql'

/** One connection: temporary tables live on it. */
export type Client = Exclude<Db, Pool>

/** One month of a partitioned table, and the days that it is for. */
export type Month = { child: string; parent: string; from: string; to: string }

/** Months of partitioned tables, as tables of their own without an index. Attaching them builds each index once, sorted. */
export async function detachMonths(client: Client, parents: readonly string[]): Promise<Month[]> {
  const { rows } = await client.query<{ child: string; parent: string; bounds: string }>(
    `SELECT c.oid::regclass::text AS child, i.inhparent::regclass::text AS parent, pg_get_expr(c.relpartbound, c.oid) AS bounds
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ANY($1::regclass[]) ORDER BY 1`,
    [parents],
  )
  const months: Month[] = []
  for (const { child, parent, bounds } of rows) {
    const [, from = '', to = ''] = /FROM \('(.*)'\) TO \('(.*)'\)/.exec(bounds) ?? []
    await client.query(`ALTER TABLE ${parent} DETACH PARTITION ${child}`)
    await dropIndexes(client, child)
    months.push({ child, parent, from, to })
  }
  return months
}

export async function attachMonth(client: Client, { child, parent, from, to }: Month): Promise<void> {
  await client.query(
    `ALTER TABLE ${parent} ATTACH PARTITION ${child} FOR VALUES FROM ('${from}') TO ('${to}')`,
  )
}

/** Takes a table's indexes and its key away; answers the statements that bring them back. */
export async function dropIndexes(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; constraint: string | null; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, quote_ident(c.conname) AS constraint,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) AS definition
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'p' WHERE i.indrelid = $1::regclass`,
    [table],
  )
  for (const { name, constraint } of rows)
    await client.query(
      constraint === null ? `DROP INDEX ${name}` : `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`,
    )
  return rows.map(({ constraint, definition }) =>
    constraint === null ? definition : `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} ${definition}`,
  )
}
