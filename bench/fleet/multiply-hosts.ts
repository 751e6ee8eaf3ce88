import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import type { Pool } from '@/lib/store/pool'
import { refreshUse } from '@/lib/store/recompute/refresh-use'
import { attachMonth, type Client, detachMonths, dropIndexes, type Month } from './bulk-fill'

export type Multiplication = {
  /** Hosts to repeat. */
  hostIds: readonly number[]
  /** How often each is there in the end. */
  times: number
  /** Whether every process is repeated, or executions only. */
  allProcesses: boolean
  onProgress: (message: string) => void
}

/** Facts by month, and what is derived of them and kept a host. What is kept a fleet is counted anew: prevalence, host_use, host_days, use_day. */
const BY_MONTH = ['execution', 'process', 'process_event', 'attempt'] as const
const BY_HOST = [
  'usage',
  'host_value',
  'coverage',
  'telemetry',
  'sigma_hit',
  'module_use',
  'network_use',
  'child_use',
  'attempt_day',
  'policy_state',
  'raw_block',
] as const
const SMALL = ['host_group_member', 'host_work'] as const
/** Copies differ by up to this many microseconds, never across an hour: what is derived by hour and day stays true of them. */
const SPREAD_US = 10_000_000

/**
 * Repeats hosts with everything recorded and derived of them, under names, accounts and times of their own. Counts, hours, days, coverage, first use and
 * prevalence are what computing would derive of the copies. Scores are not: what deviates is kept of the originals alone, since what hundreds of hosts do
 * is no longer novel, and the copies' uses score just below it and are trusted.
 */
export async function multiplyHosts(pool: Pool, options: Multiplication): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(
      `SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET session_replication_role = replica; SET synchronous_commit = off`,
    )
    await prepare(client, options)
    await fill(client, options)
    await client.query('RESET ALL; SET timezone = UTC')
  } finally {
    client.release(true)
  }
  options.onProgress('host_use, host_days, use_day')
  await pool.query(
    'INSERT INTO use_stale (host_id) SELECT DISTINCT host_id FROM usage; ' +
      'INSERT INTO use_stale (day) SELECT DISTINCT day FROM usage',
  )
  await refreshUse(pool)
  options.onProgress('statistics')
  await pool.query('VACUUM ANALYZE')
}

/** What is repeated, aside, and what is different in each copy. */
async function prepare(client: Client, { hostIds, times, allProcesses }: Multiplication): Promise<void> {
  for (const table of [...BY_MONTH, ...BY_HOST, ...SMALL]) {
    const others = table === 'process' && !allProcesses ? 'AND false' : ''
    await client.query(
      `CREATE TEMP TABLE seed_${table} AS SELECT * FROM ${table} WHERE host_id = ANY('{${hostIds}}') ${others}`,
    )
    await client.query(`ANALYZE seed_${table}`)
  }
  await client.query(`
    CREATE TEMP TABLE copy AS SELECT c, c * (SELECT max(id) + 1 FROM host) AS host_by, c * (SELECT max(id) + 1 FROM host_alias) AS alias_by,
      c * (SELECT coalesce(max(id), 0) + 1 FROM raw_block) AS block_by, c * ${SPREAD_US / times} * interval '1 microsecond' AS later
      FROM generate_series(1, ${times - 1}) c;
    CREATE FUNCTION pg_temp.moved(at timestamptz, later interval) RETURNS timestamptz LANGUAGE sql STABLE AS $$
      SELECT least(at + later, date_trunc('hour', at) + interval '3599.999999 seconds') $$;
    CREATE TEMP TABLE seed_person AS SELECT id, name, sid FROM principal WHERE sid LIKE 'S-1-5-21-%' OR sid IS NULL AND name ~* '^CORP';
    CREATE TEMP TABLE seed_text AS SELECT month, id, text FROM command_text WHERE text ~* '\\\\Users\\\\(?!Public|Default)';
    CREATE TEMP TABLE seed_launch AS SELECT * FROM launch WHERE concat_ws(' ', parent_image, grandparent_image, current_directory) ~* '\\\\Users\\\\(?!Public|Default)';
    CREATE FUNCTION pg_temp.of_copy(text text, c int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
      SELECT regexp_replace(text, '(\\\\Users\\\\)(?!Public|Default)([^\\\\"]+)', '\\1\\2.' || c, 'gi') $$;
    INSERT INTO host (id, name) SELECT s.id + host_by, regexp_replace(s.name, '^[^.]+', '\\&-' || c) FROM host s, copy WHERE s.id = ANY('{${hostIds}}');
    INSERT INTO host_alias (id, alias, host_id)
      SELECT s.id + alias_by, regexp_replace(s.alias, '^[^.]+', '\\&-' || c), s.host_id + host_by FROM host_alias s, copy WHERE s.host_id = ANY('{${hostIds}}');
    SELECT setval(pg_get_serial_sequence('host', 'id'), (SELECT max(id) FROM host)), setval(pg_get_serial_sequence('host_alias', 'id'), (SELECT max(id) FROM host_alias));
    CREATE TEMP TABLE person AS SELECT c, s.id AS old_id, name, sid, ${hash64('principal', 'name', 'sid')} AS id FROM (
        SELECT c, s.id, regexp_replace(s.name, '(\\$?)$', '.' || c || '\\1') AS name, s.sid || c AS sid FROM seed_person s, copy) s;
    INSERT INTO principal (id, name, sid) SELECT id, name, sid FROM person ON CONFLICT DO NOTHING`)
}

/** As hash64 of lib/pipeline/hash.ts. */
function hash64(kind: string, ...expressions: string[]): string {
  const parts = expressions.map(
    (one) =>
      `CASE WHEN ${one} IS NULL THEN '\\x006e'::bytea ELSE '\\x0076'::bytea || convert_to(${one}, 'UTF8') END`,
  )
  const bytes = [`'\\x0076'::bytea || convert_to('${kind}', 'UTF8')`, ...parts].join(' || ')
  return `('x' || encode(substr(sha256(${bytes}), 1, 8), 'hex'))::bit(64)::bigint`
}

async function fill(client: Client, options: Multiplication): Promise<void> {
  const { times, onProgress } = options
  for (const table of SMALL) await client.query(await copyStatement(client, table, table, 'true'))
  const indexes = new Map<string, string[]>()
  for (const table of [...BY_HOST, 'prevalence']) indexes.set(table, await dropIndexes(client, table))
  const months = await detachMonths(client, [...BY_MONTH, 'command_text'])
  const statements = await statementsOf(client, months)
  for (let c = 1; c < times; c++) {
    await writeTexts(client, c, months)
    for (const statement of statements) await client.query(statement.replaceAll('$c', String(c)))
    if (c % 10 === 0) onProgress(`copy ${c} of ${times - 1}`)
  }
  for (const month of months) {
    onProgress(`indexes of ${month.child}`)
    await attachMonth(client, month)
  }
  await countPrevalence(client)
  for (const [table, definitions] of indexes) {
    onProgress(`indexes of ${table}`)
    for (const definition of definitions) await client.query(definition)
  }
  await client.query(
    `SELECT setval(pg_get_serial_sequence('raw_block', 'id'), (SELECT max(id) FROM raw_block))`,
  )
}

/** What fills one copy, whose number stands for `$c`. */
async function statementsOf(client: Client, months: readonly Month[]): Promise<string[]> {
  const statements: string[] = []
  for (const { child, parent, from, to } of months) {
    if (parent === 'command_text') continue
    const where = `s.occurred_at >= '${from}' AND s.occurred_at < '${to}' AND k.c = $c`
    statements.push(await copyStatement(client, parent, child, where))
  }
  for (const table of BY_HOST) statements.push(await copyStatement(client, table, table, 'k.c = $c'))
  return statements
}

/** Command lines and folders that name a person's name the copy's. */
async function writeTexts(client: Client, c: number, months: readonly Month[]): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS line, start;
    CREATE TEMP TABLE line AS SELECT month, id AS old_id, text, command_text_id(text) AS id FROM (
      SELECT month, id, pg_temp.of_copy(text, ${c}) AS text FROM seed_text) t;
    CREATE TEMP TABLE start AS SELECT id AS old_id, p, g, integrity_level, d, launch_id(p, g, integrity_level, d) AS id FROM (
      SELECT id, pg_temp.of_copy(parent_image, ${c}) AS p, pg_temp.of_copy(grandparent_image, ${c}) AS g, integrity_level,
        pg_temp.of_copy(current_directory, ${c}) AS d FROM seed_launch) s;
    INSERT INTO launch SELECT id, p, g, integrity_level, d FROM start ON CONFLICT DO NOTHING;
    ANALYZE line; ANALYZE start`)
  for (const { child, parent, from } of months)
    if (parent === 'command_text')
      await client.query(
        `INSERT INTO ${child} (month, id, text) SELECT month, id, text FROM line WHERE month = '${from}' AND id <> old_id`,
      )
}

/** What a copy of a row has of its own, by column. */
function expressionOf(table: string, column: string): string {
  if (column === 'host_id') return 's.host_id + k.host_by'
  if (column === 'alias_id') return 's.alias_id + k.alias_by'
  if (column === 'raw_block_id' || (table === 'raw_block' && column === 'id'))
    return `s.${column} + k.block_by`
  if (column === 'principal_id') return 'coalesce(p.id, s.principal_id)'
  if (column === 'command_text_id') return 'coalesce(t.id, s.command_text_id)'
  if (column === 'parent_text_id') return 'coalesce(pt.id, s.parent_text_id)'
  if (column === 'launch_id') return 'coalesce(l.id, s.launch_id)'
  if (column === 'score_millibits') return `least(s.score_millibits, ${DEVIATION_FLOOR_MILLIBITS - 1})`
  if (column === 'trusted') return 'true'
  if (column === 'refused') return 'false'
  if (column.endsWith('_at')) return `pg_temp.moved(s.${column}, k.later)`
  // Sysmon's identifiers begin with the machine's
  if (column.endsWith('_guid'))
    return `overlay(s.${column} placing int4send(s.host_id + k.host_by) from 1 for 4)`
  return `s.${column}`
}

async function copyStatement(client: Client, table: string, into: string, where: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  )
  const columns = rows.map(({ name }) => name)
  const joins = [
    columns.includes('principal_id') ? 'LEFT JOIN person p ON p.c = k.c AND p.old_id = s.principal_id' : '',
    columns.includes('launch_id') ? 'LEFT JOIN start l ON l.old_id = s.launch_id' : '',
    ...(table === 'execution' ? [lineOf('t', 'command_text_id'), lineOf('pt', 'parent_text_id')] : []),
  ]
  return `INSERT INTO ${into} (${columns}) SELECT ${columns.map((column) => expressionOf(table, column))}
    FROM seed_${table} s CROSS JOIN copy k ${joins.join(' ')} WHERE ${where}`
}

/** The copy's own line of the month, under a name. */
function lineOf(name: string, column: string): string {
  return `LEFT JOIN line ${name} ON ${name}.old_id = s.${column} AND ${name}.month = date_trunc('month', s.occurred_at)`
}

/** As computing day by day arrives at it: hosts by the day of their first use, for the fleet and their group. */
async function countPrevalence(client: Client): Promise<void> {
  await client.query(`
    TRUNCATE prevalence;
    INSERT INTO prevalence (scope_id, entry_id, feature, value_id, day, hosts)
      SELECT 0, entry_id, feature, value_id, first_day, count(*) FROM host_value GROUP BY 2, 3, 4, 5
      UNION ALL SELECT group_id, entry_id, feature, value_id, first_day, count(*) FROM host_value WHERE group_id <> 0 GROUP BY 1, 2, 3, 4, 5`)
}
