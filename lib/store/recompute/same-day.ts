import type pg from 'pg'
import { ROLL_OUT_US } from '@/lib/pipeline/baseline/weights'
import { toTimestamp } from '@/lib/store/pool'
import { type Db, execute, rows, sql } from '@/lib/store/sql'
import { firstsOf, type PatternUse } from './pattern-use'
import { queueing } from './work-queue'

/** A day of some hosts, which are being computed. */
type HostsOfDay = { hostIds: readonly number[]; day: string }

/** When hosts that are not being computed first used each pattern on the day. */
async function loadFirstsOfOthers(
  db: Db,
  { hostIds, day }: HostsOfDay,
  patternIds: readonly string[],
): Promise<Map<string, number>> {
  const found = await rows<{ pattern_id: string; first_at: number }>(
    db,
    sql`SELECT s.pattern_id, min(u.first_at) AS first_at FROM signature s JOIN usage u ON u.signature_id = s.id
        WHERE s.pattern_id = ANY(${[...patternIds]}::bigint[]) AND u.day = ${day}::date AND u.observed
          AND u.host_id <> ALL(${[...hostIds]}::int[]) GROUP BY s.pattern_id`,
  )
  return new Map(found.map((row) => [row.pattern_id, row.first_at]))
}

/** Never is later than any time. */
const NEVER = Number.POSITIVE_INFINITY

function earliest(patternId: string, ...of: readonly ReadonlyMap<string, number>[]): number {
  return Math.min(NEVER, ...of.map((firsts) => firsts.get(patternId) ?? NEVER))
}

/**
 * When the first host of the fleet used each of these patterns on the day, in microseconds; infinity = none did.
 * @param own of the hosts that are being computed: what is stored of them is out of date
 */
export async function loadFleetFirsts(
  db: Db,
  computed: HostsOfDay,
  patternIds: readonly string[],
  own: readonly PatternUse[],
): Promise<Map<string, number>> {
  if (patternIds.length === 0) return new Map()
  const [others, ours] = [await loadFirstsOfOthers(db, computed, patternIds), firstsOf(own)]
  return new Map(patternIds.map((id) => [id, earliest(id, ours, others)]))
}

/** Between what the first uses of a pattern were taken for and what they are; `own`: for the hosts that are being computed. */
type Moved = { patternId: string; from: number; to: number; own: boolean }

function moved(patternId: string, taken: number, is: number, own: boolean): Moved[] {
  return taken === is ? [] : [{ patternId, from: Math.min(taken, is), to: Math.max(taken, is), own }]
}

/**
 * Queues the same day of hosts for which another host's first use of a pattern makes a difference: other hosts if it moved by what was written, those that
 * were computed if what they `read` is not so any more, since others were written meanwhile. Takes turns (oneAtATime).
 */
export async function queueSameDay(
  client: pg.PoolClient,
  computed: HostsOfDay,
  before: readonly PatternUse[],
  after: readonly PatternUse[],
  read: ReadonlyMap<string, number>,
): Promise<void> {
  const [was, is] = [firstsOf(before), firstsOf(after)]
  const gone = [...was.keys()].filter((id) => !is.has(id))
  const patternIds = [...new Set([...read.keys(), ...gone])]
  if (patternIds.length === 0) return
  const others = await loadFirstsOfOthers(client, computed, patternIds)
  const changes = patternIds.flatMap((id) => {
    const now = earliest(id, is, others)
    return [...moved(id, earliest(id, was, others), now, false), ...moved(id, read.get(id) ?? now, now, true)]
  })
  if (changes.length > 0) await queueUsesWithin(client, computed, changes)
}

/** Whose first use lies an hour or more after the one time, and not after the other. */
async function queueUsesWithin(
  client: pg.PoolClient,
  { hostIds, day }: HostsOfDay,
  changes: readonly Moved[],
): Promise<void> {
  const late = (us: number) => (us === NEVER ? 'infinity' : toTimestamp(us + ROLL_OUT_US))
  await execute(
    client,
    queueing(
      sql`SELECT u.host_id, min(u.day) AS day
          FROM unnest(${changes.map(({ patternId }) => patternId)}::bigint[], ${changes.map(({ from }) => late(from))}::timestamptz[],
            ${changes.map(({ to }) => late(to))}::timestamptz[], ${changes.map(({ own }) => own)}::boolean[]) AS c(pattern_id, late_from, late_to, own)
          JOIN signature s ON s.pattern_id = c.pattern_id JOIN usage u ON u.signature_id = s.id
          WHERE u.day = ${day}::date AND u.first_at >= c.late_from AND u.first_at < c.late_to
            AND (u.host_id = ANY(${[...hostIds]}::int[])) = c.own GROUP BY u.host_id`,
    ),
  )
}
