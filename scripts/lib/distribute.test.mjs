import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { withClient } from './database.mjs'
import { distributeDatabase } from './distribute-database.mjs'
import { ROOT } from './paths.mjs'
import { DISTRIBUTED, distributionStatements, REFERENCE } from './table-placement.mjs'
import { databaseOfTests } from './throwaway-database.mjs'

const NAMES = Object.keys(DISTRIBUTED)
/** Of hosts, yet on the coordinator: small, locked row by row, followed by triggers, or counted over the fleet. */
const OF_HOSTS_ON_THE_COORDINATOR = [
  'attempt_work',
  'compute_turn',
  'host_alias',
  'host_group_member',
  'host_work',
  'use_stale',
]

/** @type {string} */
let url
beforeAll(async () => {
  ;({ url } = await databaseOfTests('to_distribute'))
})

/** @param {string} query @param {unknown[]} [values] @returns {Promise<any[]>} */
const ask = (query, values = []) =>
  withClient(url, async (client) => (await client.query(query, values)).rows)

describe('the schema fits a distributed PostgreSQL', () => {
  test('every key of a distributed table names the column that it is distributed by', async () => {
    const keys = await ask(
      `SELECT c.relname AS table, i.indexrelid::regclass::text AS key,
         (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey::smallint[])) AS columns
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1)`,
      [NAMES],
    )
    expect(new Set(keys.map(({ table }) => table))).toEqual(new Set(NAMES))
    for (const { table, key, columns } of keys) expect(columns, key).toContain(DISTRIBUTED[table])
  })

  test('no foreign key and no trigger holds a distributed table or a dictionary to others', async () => {
    const placed = [...NAMES, ...REFERENCE]
    expect(
      await ask(
        `SELECT conname FROM pg_constraint WHERE contype = 'f'
         AND (conrelid::regclass::text = ANY($1) OR confrelid::regclass::text = ANY($1))`,
        [placed],
      ),
    ).toEqual([])
    expect(
      await ask(
        'SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY($1)',
        [placed],
      ),
    ).toEqual([])
  })

  test('whatever is told apart by host lies with it, but for what is named here', async () => {
    const ofHosts = await ask(
      `SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'host_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
    )
    expect(ofHosts.map(({ table }) => table).filter((table) => !NAMES.includes(table))).toEqual(
      OF_HOSTS_ON_THE_COORDINATOR,
    )
  })
})

describe('statements fit a distributed PostgreSQL', () => {
  const statements = sqlOf('lib').map((text) => text.replace(/\s+/g, ' '))
  const tables = NAMES.join('|')

  test('there are some', () => expect(statements.length).toBeGreaterThan(300))

  test('no row changes hosts in place', () => {
    const moving = new RegExp(`UPDATE (?:${tables})(?: \\w+)? SET (?:(?!WHERE|FROM).)*\\bhost_id = `)
    expect(statements.filter((text) => moving.test(text))).toEqual([])
  })

  test('no rows of several nodes are locked', () => {
    const locking = new RegExp(`(?:FROM|JOIN) (?:${tables})\\b.*FOR (?:UPDATE|SHARE|NO KEY)`)
    expect(statements.filter((text) => locking.test(text))).toEqual([])
  })

  test('a conflict is looked for under the host', () => {
    const onDistributed = new RegExp(`INSERT INTO (?:${tables})\\b`)
    // a clause that stands alone is composed into statements elsewhere
    const found = statements
      .filter((text) => onDistributed.test(text) || !text.includes('INSERT INTO'))
      .flatMap((text) => [...text.matchAll(/ON CONFLICT \(([^)]*)\)/g)].map(([, columns = '']) => columns))
    expect(found).not.toEqual([])
    for (const columns of found) expect(columns.split(', ')).toContain('host_id')
  })
})

test('what is distributed is distributed once, dictionaries before what refers to them', () => {
  const statements = distributionStatements()
  expect(statements).toHaveLength(1 + REFERENCE.length + NAMES.length)
  expect(statements.findLastIndex((text) => text.includes('create_reference_table'))).toBe(REFERENCE.length)
  for (const text of statements.slice(1))
    expect(text).toContain('WHERE NOT EXISTS (SELECT FROM pg_dist_partition')
})

test('a server without the extension is told so, and stays as it is', async () => {
  await expect(distributeDatabase(url)).rejects.toThrow('does not have the extension citus')
  expect(await ask("SELECT FROM pg_extension WHERE extname = 'citus'")).toEqual([])
})

/** Every template literal that holds a statement. @param {string} folder @returns {string[]} */
function sqlOf(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => /(?<!\.test)\.ts$/.test(name) && !parentPath.includes('generated'))
    .flatMap(
      ({ name, parentPath }) =>
        readFileSync(path.join(parentPath, name), 'utf8').match(/`(?:[^`\\]|\\.)*`/gs) ?? [],
    )
    .filter((text) => /\b(?:SELECT|INSERT|UPDATE|DELETE)\b/.test(text))
}
