import type pg from 'pg'
import { lateFrom } from '@/lib/pipeline/baseline/prevalence'
import { REACHED_HOSTS } from '@/lib/pipeline/baseline/weights'
import { toTimestamp } from '@/lib/store/pool'
import { type Db, execute, rows, sql } from '@/lib/store/sql'
import { firstsOf, type PatternUse } from './pattern-use'
import { queueing } from './work-queue'

/** A day of some hosts, which are being computed. */
type HostsOfDay = { hostIds: readonly number[]; day: string }

type Firsts = ReadonlyMap<string, readonly number[]>

/** When hosts that are not being computed first used each pattern on the day: the first REACHED_HOSTS of them. */
async function loadFirstsOfOthers(
  db: Db,
  { hostIds, day }: HostsOfDay,
  patternIds: readonly string[],
): Promise<Firsts> {
  const found = await rows<{ pattern_id: string; first_at: number }>(
    db,
    sql`SELECT pattern_id, first_at FROM (
          SELECT s.pattern_id, min(u.first_at) AS first_at, row_number() OVER (PARTITION BY s.pattern_id ORDER BY min(u.first_at)) AS place
          FROM signature s JOIN usage u ON u.signature_id = s.id
          WHERE s.pattern_id = ANY(${[...patternIds]}::bigint[]) AND u.day = ${day}::date AND u.observed
            AND u.host_id <> ALL(${[...hostIds]}::int[]) GROUP BY s.pattern_id, u.host_id) AS hosts
        WHERE place <= ${REACHED_HOSTS}::int`,
  )
  const firsts = new Map<string, number[]>()
  for (const { pattern_id, first_at } of found) {
    const times = firsts.get(pattern_id) ?? []
    times.push(first_at)
    firsts.set(pattern_id, times)
  }
  return firsts
}

/** Never is later than any time. */
const NEVER = Number.POSITIVE_INFINITY

function lateAmong(patternId: string, ...of: readonly Firsts[]): number {
  return lateFrom(of.flatMap((firsts) => firsts.get(patternId) ?? []))
}

/**
 * From when on a host comes late with each of these patterns on the day (lateFrom), in microseconds.
 * @param own of the hosts that are being computed: what is stored of them is out of date
 */
export async function loadLateFrom(
  db: Db,
  computed: HostsOfDay,
  patternIds: readonly string[],
  own: readonly PatternUse[],
): Promise<Map<string, number>> {
  if (patternIds.length === 0) return new Map()
  const [others, ours] = [await loadFirstsOfOthers(db, computed, patternIds), firstsOf(own)]
  return new Map(patternIds.map((id) => [id, lateAmong(id, ours, others)]))
}

/** Between what was taken for the time from which a pattern comes late and what it is; `own`: for the hosts that are being computed. */
type Moved = { patternId: string; from: number; to: number; own: boolean }

function moved(patternId: string, taken: number, is: number, own: boolean): Moved[] {
  return taken === is ? [] : [{ patternId, from: Math.min(taken, is), to: Math.max(taken, is), own }]
}

/**
 * Queues the same day of hosts for which other hosts' first uses of a pattern make a difference: other hosts if what was written moved the time from which it comes late,
 * those that were computed if what they `read` is not so any more, since others were written meanwhile. Takes turns (oneAtATime).
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
    const now = lateAmong(id, is, others)
    return [
      ...moved(id, lateAmong(id, was, others), now, false),
      ...moved(id, read.get(id) ?? now, now, true),
    ]
  })
  if (changes.length > 0) await queueUsesWithin(client, computed, changes)
}

/** Who comes late by the one time, and not by the other. */
async function queueUsesWithin(
  client: pg.PoolClient,
  { hostIds, day }: HostsOfDay,
  changes: readonly Moved[],
): Promise<void> {
  const late = (us: number) => (us === NEVER ? 'infinity' : toTimestamp(us))
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
