/** What a backup holds of a database, asked of PostgreSQL's catalogue, so that no table can be forgotten. */

/**
 * @typedef {{ name: string, columns: string[] }} Table
 * @typedef {{ parent: string, month: string }} Partition `month`: its first day
 * @typedef {{ name: string, value: string, called: boolean }} Sequence
 */

/** Every table with its stored columns, those that others refer to first. @param {import('pg').Client} client @returns {Promise<Table[]>} */
export async function listTables(client) {
  const { rows: tables } = await client.query(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    GROUP BY c.relname ORDER BY c.relname`)
  const { rows: references } = await client.query(`
    SELECT a.relname AS referring, b.relname AS referred
    FROM pg_constraint JOIN pg_class a ON a.oid = conrelid JOIN pg_class b ON b.oid = confrelid
    WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = 'public'::regnamespace`)
  return inOrder(
    tables,
    references.map(({ referring, referred }) => [referring, referred]),
  )
}

/**
 * Tables ordered so that each comes after those it refers to.
 * @param {Table[]} tables
 * @param {(readonly [referring: string, referred: string])[]} references
 * @returns {Table[]}
 */
export function inOrder(tables, references) {
  /** @type {Map<string, Table>} */
  const placed = new Map()
  let left = tables
  while (left.length > 0) {
    const ready = left.filter(({ name }) =>
      references.every(([referring, referred]) => referring !== name || placed.has(referred)),
    )
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${left.map(({ name }) => name)}`)
    for (const table of ready) placed.set(table.name, table)
    left = left.filter(({ name }) => !placed.has(name))
  }
  return [...placed.values()]
}

/** @param {import('pg').Client} client @returns {Promise<Partition[]>} */
export async function listPartitions(client) {
  const { rows } = await client.query(`
    SELECT p.relname AS parent, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''(\\d{4,}-\\d\\d-\\d\\d)') AS month
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
    WHERE c.relispartition AND c.relkind = 'r' ORDER BY 1, 2`)
  return rows
}

/** @param {import('pg').Client} client @returns {Promise<Sequence[]>} */
export async function listSequences(client) {
  const { rows } = await client.query(`
    SELECT sequencename AS name, coalesce(last_value, start_value)::text AS value, last_value IS NOT NULL AS called
    FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`)
  return rows
}

/** @param {Table} table @param {import('pg').Client} client */
export function columnList(table, client) {
  return table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
}
