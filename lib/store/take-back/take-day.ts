import type pg from 'pg'
import { addDays } from '@/lib/pipeline/days'
import { LOCKS } from '@/lib/store/advisory-lock'
import { isSeveral, lockHosts } from '@/lib/store/host-work'
import { ensureUnmoved, HostsMoved } from '@/lib/store/hosts'
import { correlateBatch } from '@/lib/store/ingest/correlate-batch'
import { type HostDay, queueDays } from '@/lib/store/ingest/dirty-days'
import { dropRecords } from '@/lib/store/ingest/drop-records'
import { addingOverlaps, FACTS, type Fact } from '@/lib/store/ingest/overlap'
import { queueAttemptDays } from '@/lib/store/recompute/attempt-days'
import { release } from '@/lib/store/release'
import { execute, findRow, raw, rows, type Sql, sql, transaction } from '@/lib/store/sql'
import { heirOf, ofFiles, partsOfFact, type Taken } from './parts'

/** A name's day, and the host that the name belongs to. */
export type NamedDay = { aliasId: number; day: string }
type Place = NamedDay & { hostId: number }

/** What a process starts, or what tells more of it, may be recorded on the day after it. */
const DAYS_BEFORE = 2

/**
 * Takes back what files brought of a name's day: facts, telemetry and original records. What another file told whole becomes that one's. Records of one process that are
 * left find each other anew, and what is derived follows from there on. Bounded by a name's day; one that is done is left alone.
 * @throws HostsMoved where the name's facts are on their way to another host
 */
export async function takeDay(pool: pg.Pool, taken: Taken, { aliasId, day }: NamedDay): Promise<void> {
  await transaction(pool, async (client) => {
    // whoever gathers original records has read what is dropped here
    await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.records})`)
    const host = await findRow<{ host_id: number }>(
      client,
      sql`SELECT host_id FROM host_alias WHERE id = ${aliasId}`,
    )
    // facts may have been let go of since it was listed
    if (host !== null && day >= taken.since)
      await takeAt(client, taken, { hostId: host.host_id, aliasId, day })
    await execute(
      client,
      sql`UPDATE take_back_day SET done = true WHERE upload_id = ${taken.uploadId}::uuid AND alias_id = ${aliasId} AND day = ${day}::date`,
    )
  })
}

async function takeAt(client: pg.PoolClient, taken: Taken, place: Place): Promise<void> {
  const { hostId, aliasId, day } = place
  const [locked] = await lockHosts(client, [hostId])
  await ensureUnmoved(client, [{ hostId, aliasId }])
  if (await findRow(client, sql`SELECT FROM host_move WHERE alias_id = ${aliasId}`))
    throw new HostsMoved('what was recorded under a name is on its way to its host')
  let gone = 0
  for (const fact of FACTS) {
    await handOver(client, taken, place, fact)
    gone +=
      fact === 'execution'
        ? await takeExecutions(client, taken, place)
        : await take(client, taken, place, fact)
  }
  gone += await execute(
    client,
    sql`DELETE FROM telemetry WHERE host_id = ${hostId} AND alias_id = ${aliasId} AND day = ${day}::date AND ${ofFiles(taken)}`,
  )
  const anew = await anchorAnew(client, place, isSeveral(locked?.sensors ?? 0))
  if (gone === 0) return
  await queueAttemptDays(client, [{ hostId, day }])
  await queueDays(client, [{ hostId, day: addDays(day, -DAYS_BEFORE) }, ...anew])
}

function at({ hostId, aliasId, day }: Place): Sql {
  return sql`host_id = ${hostId} AND alias_id = ${aliasId} AND occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC'
    AND occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/** What another file told whole is that one's from now on, and so is what others told of it. */
async function handOver(client: pg.PoolClient, taken: Taken, place: Place, fact: Fact): Promise<void> {
  const heirs = await rows<{ from: number; to: number }>(
    client,
    sql`SELECT p.file_id AS "from", heir.file_id AS "to" FROM (
          ${partsOfFact(taken, fact, at(place))}) p
        CROSS JOIN LATERAL (SELECT ${heirOf(taken)} AS file_id) heir WHERE heir.file_id IS NOT NULL`,
  )
  for (const { from, to } of heirs) {
    await execute(
      client,
      sql`UPDATE ${raw(fact)} SET import_file_id = ${to} WHERE ${at(place)} AND import_file_id = ${from}`,
    )
    await execute(
      client,
      sql`WITH told AS (
            DELETE FROM import_overlap WHERE of_file_id = ${from} AND alias_id = ${place.aliasId} AND day = ${place.day}::date
              AND fact = ${FACTS.indexOf(fact)}::smallint RETURNING *)
          ${addingOverlaps(sql`SELECT file_id, ${to}::int, alias_id, day, fact, records, ids FROM told WHERE file_id <> ${to}`)}`,
    )
  }
}

function take(client: pg.PoolClient, taken: Taken, place: Place, fact: Fact): Promise<number> {
  return execute(client, sql`DELETE FROM ${raw(fact)} WHERE ${at(place)} AND ${ofFiles(taken)}`)
}

/** Leaves in `gone_execution` what went. */
async function takeExecutions(client: pg.PoolClient, taken: Taken, place: Place): Promise<number> {
  await client.query(
    'CREATE TEMP TABLE gone_execution (host_id int, pid bigint, occurred_at timestamptz, id bigint, anchor_at timestamptz, raw_block_id bigint) ON COMMIT DROP',
  )
  const gone = await execute(
    client,
    sql`WITH gone AS (
          DELETE FROM execution WHERE ${at(place)} AND ${ofFiles(taken)} RETURNING host_id, pid, occurred_at, id, anchor_at, raw_block_id)
        INSERT INTO gone_execution SELECT * FROM gone`,
  )
  if (gone === 0) return 0
  const dead = await rows<{ id: string }>(
    client,
    sql`SELECT DISTINCT raw_block_id AS id FROM gone_execution WHERE raw_block_id IS NOT NULL
        EXCEPT SELECT raw_block_id FROM execution WHERE ${at(place)}`,
  )
  await dropRecords(
    client,
    place,
    dead.map(({ id }) => id),
  )
  return gone
}

/** Finds which of the records that are left are of one process; answers the days on which that changed something. */
async function anchorAnew(client: pg.PoolClient, place: Place, severalSensors: boolean): Promise<HostDay[]> {
  if (!severalSensors) return []
  await client.query(
    'CREATE TEMP TABLE fresh_execution ON COMMIT DROP AS SELECT host_id, pid, occurred_at FROM gone_execution',
  )
  await release(client, place.hostId, place.day, sql`gone_execution`)
  const touched = await findRow<{ day: string | null }>(
    client,
    sql`SELECT (least((SELECT min(anchor_at) FROM gone_execution), (SELECT min(occurred_at) FROM fresh_execution)) AT TIME ZONE 'UTC')::date AS day`,
  )
  const { days } = await correlateBatch(client, sql`fresh_execution`, [place.hostId])
  return touched?.day ? [{ hostId: place.hostId, day: touched.day }, ...days] : days
}
