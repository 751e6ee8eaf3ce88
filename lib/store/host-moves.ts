import type pg from 'pg'
import { addDays } from '@/lib/pipeline/days'
import { markDirty } from './hosts'
import { correlateBatch } from './ingest/correlate-batch'
import { queueAttemptDays } from './recompute/attempt-days'
import { execute, findRow, join, raw, rows, type Sql, sql, transaction } from './sql'

/** Tables of facts at a time (host_id, alias_id, occurred_at, id), known by their id and second within a host. A new one is a word here. */
const FACTS_AT_TIMES = ['process', 'execution', 'process_event', 'attempt', 'policy_state'] as const
/** Tables of facts of a day (host_id, alias_id, day) whose key does not name the host. */
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
  const locked = await rows<{ host_id: number; sensors: number }>(
    client,
    sql`INSERT INTO host_work (host_id) SELECT host_id FROM unnest(${[from_id, to_id].sort((a, b) => a - b)}::int[]) AS host_id
        ON CONFLICT (host_id) DO UPDATE SET revision = host_work.revision RETURNING host_id, sensors`,
  )
  const both = locked.reduce((bits, { sensors }) => bits | sensors, 0)
  await execute(client, sql`UPDATE host_work SET sensors = ${both} WHERE host_id = ${to_id}`)
  return locked
    .map(({ host_id, sensors }) => ({ host_id, bits: host_id === to_id ? both : sensors }))
    .filter(({ bits }) => (bits & (bits - 1)) !== 0)
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
  const { alias_id, from_id, to_id } = move
  await client.query('CREATE TEMP TABLE moved_execution (id bigint) ON COMMIT DROP')
  await client.query(
    'CREATE TEMP TABLE fresh_execution (host_id int, pid bigint, occurred_at timestamptz) ON COMMIT DROP',
  )
  await execute(
    client,
    sql`INSERT INTO moved_execution SELECT id FROM execution e WHERE ${ofDay(move, day, 'e')}`,
  )
  for (const table of FACTS_AT_TIMES) {
    await removeKnown(client, table, move, day)
    if (table === 'execution') await moveExecutions(client, move, day)
    else
      await execute(client, sql`UPDATE ${raw(table)} f SET host_id = ${to_id} WHERE ${ofDay(move, day, 'f')}`)
  }
  for (const table of FACTS_OF_DAYS)
    await execute(
      client,
      sql`UPDATE ${raw(table)} SET host_id = ${to_id} WHERE host_id = ${from_id} AND alias_id = ${alias_id} AND day = ${day}::date`,
    )
  await releaseLeft(client, from_id, day)
  await correlateBatch(client, sql`fresh_execution`, severalSensors)
  await queueAttemptDays(
    client,
    [from_id, to_id].map((hostId) => ({ hostId, day })),
  )
  await markDirty(client, [from_id, to_id], addDays(day, -DAYS_BEFORE))
}

/** Which records are of one process is found anew at the other host. */
async function moveExecutions(client: pg.PoolClient, move: Move, day: string): Promise<void> {
  await execute(
    client,
    sql`WITH moved AS (
          UPDATE execution e SET host_id = ${move.to_id}, anchor_id = e.id, anchor_at = e.occurred_at, signature_id = NULL
          WHERE ${ofDay(move, day, 'e')} RETURNING e.pid, e.occurred_at)
        INSERT INTO fresh_execution SELECT ${move.to_id}, pid, occurred_at FROM moved`,
  )
}

/** Rows of the name's day, at the alias of a table with times. */
function ofDay({ alias_id, from_id }: Move, day: string, alias: string): Sql {
  const column = (name: string) => raw(`${alias}.${name}`)
  return sql`${column('host_id')} = ${from_id} AND ${column('alias_id')} = ${alias_id}
    AND ${column('occurred_at')} >= ${day}::date::timestamp AT TIME ZONE 'UTC'
    AND ${column('occurred_at')} < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/** The same record under both names is one record. */
async function removeKnown(client: pg.PoolClient, table: string, move: Move, day: string): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM ${raw(table)} f WHERE ${ofDay(move, day, 'f')} AND EXISTS (
          SELECT FROM ${raw(table)} t WHERE t.host_id = ${move.to_id} AND t.id = f.id
            AND t.occurred_at >= date_trunc('second', f.occurred_at)
            AND t.occurred_at < date_trunc('second', f.occurred_at) + interval '1 second')`,
  )
}

/** Records that stay behind and stood for a process whose main record went stand for themselves, until they find another partner. */
async function releaseLeft(client: pg.PoolClient, fromId: number, day: string): Promise<void> {
  await execute(
    client,
    sql`WITH released AS (
          UPDATE execution e SET anchor_id = e.id, anchor_at = e.occurred_at, signature_id = NULL
          WHERE e.host_id = ${fromId} AND e.anchor_id <> e.id AND e.anchor_id IN (SELECT id FROM moved_execution)
            AND e.occurred_at >= (${day}::date - ${DAYS_BEFORE}::int)::timestamp AT TIME ZONE 'UTC'
            AND e.occurred_at < (${day}::date + 1 + ${DAYS_BEFORE}::int)::timestamp AT TIME ZONE 'UTC'
          RETURNING e.host_id, e.pid, e.occurred_at)
        INSERT INTO fresh_execution SELECT * FROM released`,
  )
}
