import type pg from 'pg'
import { copyRows } from '@/lib/store/copy'
import { execute, rows, sql } from '@/lib/store/sql'
import { queueing } from './work-queue'

/** A feature value that a host is trusted with on the day being computed. */
export type TaughtRow = { hostId: number; groupId: number; entryId: number; feature: number; valueId: string }

/**
 * Replaces what a day adds to prevalence, and queues the later days of every host whose scores that can change:
 * scores read counts by log₂ level, so only a level that moved on some later day matters. `patterns`: those that came to a host or went.
 */
export async function writePrevalence(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
  taught: readonly TaughtRow[],
  patterns: readonly string[],
): Promise<void> {
  await client.query(
    'CREATE TEMP TABLE taught (host_id int, entry_id int, feature smallint, value_id bigint, group_id int) ON COMMIT DROP',
  )
  await copyRows(
    client,
    'taught',
    ['host_id', 'entry_id', 'feature', 'value_id', 'group_id'],
    taught.map((row) => [row.hostId, row.entryId, row.feature, row.valueId, row.groupId]),
  )
  await client.query(
    'CREATE TEMP TABLE delta (entry_id int, feature smallint, value_id bigint, group_id int, day date, hosts int) ON COMMIT DROP',
  )
  await replaceHostValues(client, hostIds, day)
  await applyDelta(client)
  const moved = await findMovedEntries(client, day)
  await queueLaterDays(client, day, moved, patterns)
}

/** A host counts for a value from its first trusted day on. */
async function replaceHostValues(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  await execute(
    client,
    sql`WITH gone AS (
          DELETE FROM host_value v WHERE v.host_id = ANY(${[...hostIds]}::int[])
            AND (v.first_day = ${day}::date OR (v.first_day > ${day}::date AND EXISTS (
              SELECT 1 FROM taught t WHERE t.host_id = v.host_id AND t.entry_id = v.entry_id AND t.feature = v.feature AND t.value_id = v.value_id)))
          RETURNING v.entry_id, v.feature, v.value_id, v.group_id, v.first_day)
        INSERT INTO delta SELECT entry_id, feature, value_id, group_id, first_day, -1 FROM gone`,
  )
  await execute(
    client,
    sql`WITH came AS (
          INSERT INTO host_value (host_id, entry_id, feature, value_id, first_day, group_id)
          SELECT DISTINCT ON (host_id, entry_id, feature, value_id) host_id, entry_id, feature, value_id, ${day}::date, group_id FROM taught
          ON CONFLICT DO NOTHING RETURNING entry_id, feature, value_id, group_id)
        INSERT INTO delta SELECT entry_id, feature, value_id, group_id, ${day}::date, 1 FROM came`,
  )
}

async function applyDelta(client: pg.PoolClient): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE net ON COMMIT DROP AS
     SELECT scope_id, entry_id, feature, value_id, day, sum(hosts)::int AS hosts FROM (
       SELECT 0 AS scope_id, entry_id, feature, value_id, day, hosts FROM delta
       UNION ALL SELECT group_id, entry_id, feature, value_id, day, hosts FROM delta WHERE group_id <> 0) AS both_scopes
     GROUP BY scope_id, entry_id, feature, value_id, day HAVING sum(hosts) <> 0`,
  )
  await client.query(
    `INSERT INTO prevalence (scope_id, entry_id, feature, value_id, day, hosts)
     SELECT scope_id, entry_id, feature, value_id, day, hosts FROM net ORDER BY scope_id, entry_id, feature, value_id, day
     ON CONFLICT (scope_id, entry_id, feature, value_id, day) DO UPDATE SET hosts = prevalence.hosts + excluded.hosts`,
  )
  await client.query(
    `DELETE FROM prevalence p USING net n WHERE p.hosts = 0 AND p.scope_id = n.scope_id AND p.entry_id = n.entry_id
       AND p.feature = n.feature AND p.value_id = n.value_id AND p.day = n.day`,
  )
}

/** Entries with a value whose level, as of some later day, is not what it was. */
async function findMovedEntries(client: pg.PoolClient, day: string): Promise<number[]> {
  const later = await rows<{ later: boolean }>(
    client,
    sql`SELECT EXISTS (SELECT 1 FROM net) AND EXISTS (SELECT 1 FROM coverage WHERE day > ${day}::date) AS later`,
  )
  if (!later[0]?.later) return []
  const found = await rows<{ entry_id: number }>(
    client,
    sql`WITH touched AS (SELECT DISTINCT scope_id, entry_id, feature, value_id FROM net),
        steps AS (
          SELECT t.*, p.day, p.hosts AS after, coalesce(n.hosts, 0) AS net FROM touched t
            JOIN prevalence p USING (scope_id, entry_id, feature, value_id)
            LEFT JOIN net n ON (n.scope_id, n.entry_id, n.feature, n.value_id, n.day) = (t.scope_id, t.entry_id, t.feature, t.value_id, p.day)
          UNION ALL
          SELECT n.scope_id, n.entry_id, n.feature, n.value_id, n.day, 0, n.hosts FROM net n
            WHERE NOT EXISTS (SELECT 1 FROM prevalence p WHERE (p.scope_id, p.entry_id, p.feature, p.value_id, p.day)
              = (n.scope_id, n.entry_id, n.feature, n.value_id, n.day))),
        sums AS (
          SELECT entry_id, sum(after) OVER w AS after, sum(after - net) OVER w AS before FROM steps
          WINDOW w AS (PARTITION BY scope_id, entry_id, feature, value_id ORDER BY day))
        SELECT DISTINCT entry_id FROM sums
        WHERE length(ltrim(after::int::bit(32)::text, '0')) <> length(ltrim(before::int::bit(32)::text, '0'))`,
  )
  return found.map(({ entry_id }) => entry_id)
}

/** ANY_TOOL's counts concern every binary. */
const ANY_TOOL_ENTRY = 0

async function queueLaterDays(
  client: pg.PoolClient,
  day: string,
  entryIds: readonly number[],
  patternIds: readonly string[],
): Promise<void> {
  if (entryIds.length > 0)
    await execute(
      client,
      queueing(
        sql`SELECT host_id, min(day) AS day FROM usage WHERE day > ${day}::date
            AND (${entryIds.includes(ANY_TOOL_ENTRY)} OR entry_id = ANY(${[...entryIds]}::int[])) GROUP BY host_id`,
      ),
    )
  if (patternIds.length > 0)
    await execute(
      client,
      queueing(
        sql`SELECT u.host_id, min(u.day) AS day FROM signature s JOIN usage u ON u.signature_id = s.id
            WHERE s.pattern_id = ANY(${[...patternIds]}::bigint[]) AND u.observed AND u.day > ${day}::date GROUP BY u.host_id`,
      ),
    )
}
