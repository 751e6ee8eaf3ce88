import type pg from 'pg'
import { tellChange } from '@/lib/store/changes'
import { copyRows } from '@/lib/store/copy'
import { toTimestamp } from '@/lib/store/pool'
import { execute, rows, sql } from '@/lib/store/sql'
import type { PatternUse } from './pattern-use'
import { noteChangedUse } from './refresh-use'

/** A scored row of usage, as stored. */
export type UsageRow = {
  hostId: number
  signatureId: string
  principalId: string
  entryId: number
  hourMask: number
  firstAtUs: number
  lastAtUs: number
  executions: number
  /** Ids of the executions' anchors. */
  anchorIds: readonly string[]
  scoreMillibits: number
  riskMillibits: number
  noveltyMillibits: number
  nuMillis: number
  pMillibits: number
  trusted: boolean
  refused: boolean
  /** Its pattern counts as observed: no incident holds. */
  observed: boolean
  /** null = none is reported. */
  patternId: string | null
  reasons: readonly { code: string; millibits: number }[]
  /** Sigma rules that its executions met. */
  sigma: readonly { id: string; events: number }[]
  /** The item it belongs to, when it is a deviation. */
  deviation: { id: string; title: string } | null
}

/** Columns of usage, in the order in which rows are copied into it. */
export const USAGE_COLUMNS = [
  'host_id',
  'day',
  'signature_id',
  'principal_id',
  'entry_id',
  'hours',
  'first_at',
  'last_at',
  'executions',
  'score_millibits',
  'risk_millibits',
  'novelty_millibits',
  'trusted',
  'refused',
  'observed',
  'anchors',
] as const

/** Replaces what hosts did on a day; answers what was replaced. */
export async function writeUsage(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
  usage: readonly UsageRow[],
): Promise<PatternUse[]> {
  const gone = await rows<{
    host_id: number
    pattern_id: string | null
    observed: boolean
    first_at: number
  }>(
    client,
    sql`WITH gone AS (
          DELETE FROM usage WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date RETURNING host_id, signature_id, observed, first_at)
        SELECT g.host_id, s.pattern_id, g.observed, g.first_at FROM gone g LEFT JOIN signature s ON s.id = g.signature_id`,
  )
  const changed = new Set([...gone.map(({ host_id }) => host_id), ...usage.map(({ hostId }) => hostId)])
  await noteChangedUse(client, [...changed], [day])
  await copyRows(
    client,
    'usage',
    USAGE_COLUMNS,
    usage.map((row) => [
      row.hostId,
      day,
      row.signatureId,
      row.principalId,
      row.entryId,
      row.hourMask,
      toTimestamp(row.firstAtUs),
      toTimestamp(row.lastAtUs),
      row.executions,
      row.scoreMillibits,
      row.riskMillibits,
      row.noveltyMillibits,
      row.trusted,
      row.refused,
      row.observed,
      packIds(row.anchorIds),
    ]),
  )
  return gone.map(({ host_id: hostId, pattern_id: patternId, observed, first_at: firstAtUs }) => ({
    hostId,
    patternId,
    observed,
    firstAtUs,
  }))
}

/** As int8send says them one by one, in order of their bytes; in PostgreSQL's text of bytes. */
function packIds(ids: readonly string[]): string {
  const bytes = ids.map((id) => BigInt.asUintN(64, BigInt(id)).toString(16).padStart(16, '0'))
  return `\\x${bytes.sort().join('')}`
}

/** Replaces the computed side of deviations of a day; items that nobody touched and nothing supports any more go. */
export async function writeDeviations(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
  usage: readonly UsageRow[],
): Promise<void> {
  const hits = usage.flatMap((row) => (row.deviation ? [{ row, item: row.deviation }] : []))
  const items = new Map(hits.map(({ row, item }) => [item.id, { ...item, entryId: row.entryId }]))
  const sorted = [...items.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  await execute(
    client,
    sql`INSERT INTO deviation (id, entry_id, title)
        SELECT * FROM unnest(${sorted.map(({ id }) => id)}::bigint[], ${sorted.map(({ entryId }) => entryId)}::int[],
                             ${sorted.map(({ title }) => title)}::text[]) ON CONFLICT DO NOTHING`,
  )
  await client.query('CREATE TEMP TABLE left_behind (deviation_id bigint) ON COMMIT DROP')
  const gone = await execute(
    client,
    sql`WITH gone AS (DELETE FROM deviation_hit WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date RETURNING deviation_id)
        INSERT INTO left_behind SELECT DISTINCT deviation_id FROM gone`,
  )
  await copyRows(
    client,
    'deviation_hit',
    [
      'host_id',
      'day',
      'deviation_id',
      'signature_id',
      'principal_id',
      'score_millibits',
      'risk_millibits',
      'novelty_millibits',
      'nu_millis',
      'p_millibits',
      'executions',
      'first_at',
      'last_at',
      'reasons',
    ],
    hits.map(({ row, item }) => [
      row.hostId,
      day,
      item.id,
      row.signatureId,
      row.principalId,
      row.scoreMillibits,
      row.riskMillibits,
      row.noveltyMillibits,
      row.nuMillis,
      row.pMillibits,
      row.executions,
      toTimestamp(row.firstAtUs),
      toTimestamp(row.lastAtUs),
      JSON.stringify(row.reasons),
    ]),
  )
  await execute(
    client,
    sql`DELETE FROM deviation d USING left_behind l WHERE d.id = l.deviation_id AND NOT d.touched
        AND NOT EXISTS (SELECT 1 FROM deviation_hit h WHERE h.deviation_id = d.id)`,
  )
  if (hits.length + gone > 0) await tellChange(client, 'deviation')
}

/** Counts again what telemetry each host gave on a day. */
export async function writeCoverage(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM coverage WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date`,
  )
  await execute(
    client,
    sql`INSERT INTO coverage (host_id, day, sensor, creations, with_command_line, with_parent, with_hash, hours, first_at, last_at)
        SELECT p.host_id, ${day}::date, p.sensor, count(*), count(p.command_line), count(l.parent_image),
               count(coalesce(i.sha256, i.sha1, i.md5)), bit_or(1 << extract(hour FROM p.occurred_at AT TIME ZONE 'UTC')::int),
               min(p.occurred_at), max(p.occurred_at)
        FROM creation p JOIN image i ON i.id = p.image_id LEFT JOIN launch l ON l.id = p.launch_id
        WHERE p.host_id = ANY(${[...hostIds]}::int[])
          AND p.occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC'
          AND p.occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'
        GROUP BY p.host_id, p.sensor`,
  )
}
