import type pg from 'pg'
import { addDays } from '@/lib/pipeline/days'
import { isSeveral, lockHosts } from './host-work'
import { markDirty } from './hosts'
import { correlateBatch } from './ingest/correlate-batch'
import { addingOverlaps, FACTS, type Fact } from './ingest/overlap'
import { ADD_TO_KNOWN } from './ingest/telemetry'
import { queueAttemptDays } from './recompute/attempt-days'
import { release } from './release'
import { empty, execute, findRow, join, raw, type Sql, sql, transaction } from './sql'

/** Tables of facts at a time (host_id, alias_id, occurred_at, id), known by their id and second within a host. */
const FACTS_AT_TIMES: readonly Fact[] = ['process', ...FACTS.filter((fact) => fact !== 'process')]
/** Tables of facts of a day (host_id, alias_id, day). */
const FACTS_OF_DAYS = ['raw_block', 'telemetry'] as const
/** Records of one process lie up to this far apart: what they say of it changes on days before too. */
const DAYS_BEFORE = 2

type Move = { id: number; alias_id: number; from_id: number; to_id: number; done_to: string | null }

/**
 * Moves one day of what was recorded under a name to the host that it belongs to now, and queues both hosts from there on. What the other
 * host knows already goes. Bounded by a host's day; answers false when there is nothing to move.
 */
export async function moveNextDay(pool: pg.Pool): Promise<boolean> {
  return await transaction(pool, async (client) => {
    const move = await findRow<Move>(client, sql`SELECT * FROM host_move ORDER BY id LIMIT 1 FOR UPDATE`)
    if (!move) return false
    const severalSensors = await lockBoth(client, move)
    const day = await findDay(client, move)
    if (day === null) await execute(client, sql`DELETE FROM host_move WHERE id = ${move.id}`)
    else {
      await moveDay(client, move, day, severalSensors)
      await execute(client, sql`UPDATE host_move SET done_to = ${day}::date WHERE id = ${move.id}`)
    }
    return true
  })
}

/** Waits for batches under way, which hold these rows. Answers those of both that several sensors report. */
async function lockBoth(client: pg.PoolClient, { from_id, to_id }: Move): Promise<number[]> {
  const locked = await lockHosts(client, [from_id, to_id])
  const both = locked.reduce((bits, { sensors }) => bits | sensors, 0)
  await execute(client, sql`UPDATE host_work SET sensors = ${both} WHERE host_id = ${to_id}`)
  return locked
    .map(({ host_id, sensors }) => ({ host_id, bits: host_id === to_id ? both : sensors }))
    .filter(({ bits }) => isSeveral(bits))
    .map(({ host_id }) => host_id)
}

/** The first day after those that are done with anything recorded under the name. */
async function findDay(client: pg.PoolClient, move: Move): Promise<string | null> {
  const { alias_id, from_id, done_to } = move
  const since = done_to ?? '-infinity'
  const firsts = [
    ...FACTS_AT_TIMES.map(
      (table) => sql`(SELECT (min(occurred_at) AT TIME ZONE 'UTC')::date FROM ${raw(table)}
        WHERE host_id = ${from_id} AND alias_id = ${alias_id} AND occurred_at >= (${since}::date + 1)::timestamp AT TIME ZONE 'UTC')`,
    ),
    ...FACTS_OF_DAYS.map(
      (table) =>
        sql`(SELECT min(day) FROM ${raw(table)} WHERE host_id = ${from_id} AND alias_id = ${alias_id} AND day > ${since}::date)`,
    ),
  ]
  const found = await findRow<{ day: string | null }>(client, sql`SELECT least(${join(firsts)}) AS day`)
  return found?.day ?? null
}

async function moveDay(
  client: pg.PoolClient,
  move: Move,
  day: string,
  severalSensors: readonly number[],
): Promise<void> {
  const { from_id, to_id } = move
  await client.query('CREATE TEMP TABLE moved_execution (id bigint) ON COMMIT DROP')
  await client.query(
    'CREATE TEMP TABLE fresh_execution (host_id int, pid bigint, occurred_at timestamptz) ON COMMIT DROP',
  )
  for (const table of FACTS_AT_TIMES) await moveRows(client, table, move, day)
  for (const table of FACTS_OF_DAYS) await moveRows(client, table, move, day)
  // what stays behind
  await release(client, from_id, day, sql`moved_execution`)
  await correlateBatch(client, sql`fresh_execution`, severalSensors)
  await queueAttemptDays(
    client,
    [from_id, to_id].map((hostId) => ({ hostId, day })),
  )
  await markDirty(client, [from_id, to_id], addDays(day, -DAYS_BEFORE))
}

type OfDays = (typeof FACTS_OF_DAYS)[number]

/** Taken out at one host and put in at the other: a row lies where its host does, and never changes hosts in place. */
async function moveRows(client: pg.PoolClient, table: Fact | OfDays, move: Move, day: string): Promise<void> {
  const timed = isTimed(table)
  const theirs = timed ? ofTimes(move, day) : ofDay(move, day)
  await execute(client, sql`CREATE TEMP TABLE moving ON COMMIT DROP AS SELECT * FROM ${raw(table)} LIMIT 0`)
  await execute(client, sql`INSERT INTO moving SELECT * FROM ${raw(table)} WHERE ${theirs}`)
  if (table === 'execution') await execute(client, sql`INSERT INTO moved_execution SELECT id FROM moving`)
  await execute(client, sql`DELETE FROM ${raw(table)} WHERE ${theirs}`)
  if (timed) await forgetKnown(client, table, move, day)
  if (table === 'execution') await forgetRecognised(client, move)
  if (table === 'raw_block') await forgetUnnamed(client, move, day)
  await execute(client, sql`UPDATE moving SET host_id = ${move.to_id}`)
  if (table === 'execution') await standForThemselves(client)
  const known = table === 'telemetry' ? ADD_TO_KNOWN : empty
  await execute(client, sql`INSERT INTO ${raw(table)} AS t SELECT * FROM moving ${known}`)
  await client.query('DROP TABLE moving')
}

function isTimed(table: Fact | OfDays): table is Fact {
  return FACTS_AT_TIMES.some((one) => one === table)
}

/** Which records are of one process is found anew at the other host. */
async function standForThemselves(client: pg.PoolClient): Promise<void> {
  await execute(client, sql`UPDATE moving SET anchor_id = id, anchor_at = occurred_at`)
  await execute(client, sql`INSERT INTO fresh_execution SELECT host_id, pid, occurred_at FROM moving`)
}

/** What was recorded under the name on a day, in a table with times. */
function ofTimes({ alias_id, from_id }: Move, day: string): Sql {
  return sql`host_id = ${from_id} AND alias_id = ${alias_id} AND ${onDay(day)}`
}

/** The same in a table with days. */
function ofDay({ alias_id, from_id }: Move, day: string): Sql {
  return sql`host_id = ${from_id} AND alias_id = ${alias_id} AND day = ${day}::date`
}

function onDay(day: string): Sql {
  return sql`occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC' AND occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/** The same record under both names is one record. */
async function forgetKnown(client: pg.PoolClient, table: Fact, move: Move, day: string): Promise<void> {
  const other = table === 'process' ? 'creation' : table
  const fact =
    table === 'process'
      ? sql`CASE WHEN is_execution THEN ${FACTS.indexOf('execution')}::int ELSE ${FACTS.indexOf('process')}::int END`
      : sql`${FACTS.indexOf(table)}::int`
  // the file that brought it has told it as well
  await execute(
    client,
    sql`WITH gone AS (
          DELETE FROM moving m USING (
            SELECT id, date_trunc('second', occurred_at) AS second, alias_id, import_file_id, ${fact} AS fact
            FROM ${raw(other)} WHERE host_id = ${move.to_id} AND ${onDay(day)}) AS t
          WHERE t.id = m.id AND t.second = date_trunc('second', m.occurred_at)
          RETURNING m.import_file_id AS file_id, t.import_file_id AS of_file_id, t.alias_id, t.fact, t.id)
        ${addingOverlaps(sql`SELECT file_id, of_file_id, alias_id, ${day}::date, fact, count(*), bit_xor(id) FROM gone
          WHERE file_id <> of_file_id GROUP BY 1, 2, 3, 5`)}`,
  )
}

/** Original records whose executions, which have moved before, were all known there already: nothing would name them, nor take them back. Those of executions that are no longer kept stay as long as they are to. */
async function forgetUnnamed(client: pg.PoolClient, { alias_id, to_id }: Move, day: string): Promise<void> {
  await execute(
    client,
    sql`WITH named AS MATERIALIZED (
          SELECT DISTINCT raw_block_id AS id FROM execution
          WHERE host_id = ${to_id} AND alias_id = ${alias_id} AND raw_block_id IS NOT NULL AND ${onDay(day)})
        DELETE FROM moving m WHERE NOT EXISTS (SELECT FROM named WHERE named.id BETWEEN m.id AND coalesce(m.last_id, m.id))
          AND NOT EXISTS (SELECT FROM retention WHERE kept_from > ${day}::date)`,
  )
}

/** What is an execution under one name, and was none yet under the other, is one. */
async function forgetRecognised(client: pg.PoolClient, { to_id }: Move): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM process p USING moving m WHERE p.host_id = ${to_id} AND p.id = m.id
          AND p.occurred_at >= date_trunc('second', m.occurred_at) AND p.occurred_at < date_trunc('second', m.occurred_at) + interval '1 second'`,
  )
}
