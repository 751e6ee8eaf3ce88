import type { Scope } from '@/lib/pipeline/actor'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { inScope } from '@/lib/store/scope'
import { isSettled } from '@/lib/store/screens/deviations/hits-by-item'
import { type Db, execute, findRow, rows, sql } from '@/lib/store/sql'

/** An item that deviates somewhere in sight, whatever people said of it. Times in microseconds since 1970. */
export type Deviating = {
  id: string
  binary: string
  state: TriageState
  createdAt: number
  /** When somebody last judged it; null = nobody did. */
  judgedAt: number | null
  scoreMillibits: number
  /** Whether it scores as high where it is not about to be computed anew. */
  settled: boolean
}

/** Everything in scope that deviates from a score on, the highest first. */
export async function listDeviating(db: Db, scope: Scope, leastMillibits: number): Promise<Deviating[]> {
  return await rows<Deviating>(
    db,
    sql`SELECT d.id, c.name AS binary, d.state, d.created_at AS "createdAt", d.state_changed_at AS "judgedAt", h.score AS "scoreMillibits", h.settled
        FROM (
          SELECT h.deviation_id, max(h.score_millibits) AS score, bool_or(${isSettled(sql`h`)}) AS settled
          FROM deviation_hit h LEFT JOIN host_work w ON w.host_id = h.host_id
          WHERE h.score_millibits >= ${leastMillibits} ${inScope(scope, sql`h.host_id`)} GROUP BY h.deviation_id) h
        JOIN deviation d ON d.id = h.deviation_id JOIN catalogue_entry c ON c.id = d.entry_id ORDER BY h.score DESC, d.id`,
  )
}

/** The hosts that somebody sees who does not see all; null = all. */
export async function listHostsInSight(db: Db, scope: Scope): Promise<number[] | null> {
  if (scope.kind === 'all') return null
  const found = await rows<{ id: number }>(db, sql`SELECT id FROM host WHERE true ${inScope(scope, sql`id`)}`)
  return found.map(({ id }) => id)
}

/** Of some items, those that deviate from a score on also on one of these hosts. */
export async function deviatingOn(
  db: Db,
  ids: readonly string[],
  hosts: readonly number[],
  leastMillibits: number,
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`SELECT DISTINCT deviation_id AS id FROM deviation_hit
        WHERE deviation_id = ANY(${[...ids]}::bigint[]) AND host_id = ANY(${[...hosts]}::int[]) AND score_millibits >= ${leastMillibits}`,
  )
  return new Set(found.map(({ id }) => id))
}

/**
 * What a reader saw when it was last looked at: ids of items that scored as high as `leastMillibits`, and of those that did before; `hosts`: those in sight
 * of who does not see all, null = all, or not known. `lookedAt` in microseconds.
 */
export type ReaderQueue = {
  shown: string[]
  gone: string[]
  hosts: number[] | null
  leastMillibits: number
  lookedAt: number
}

/** What somebody sees is the same as long as these are; the least score where they chose one. */
export type SeenAs = { groups: readonly number[] | null; least: number | null }

/** null = it was not looked at yet, or with other eyes than `seenAs`. */
export async function findReaderQueue(
  db: Db,
  accountId: string,
  seenAs: SeenAs,
): Promise<ReaderQueue | null> {
  return await findRow<ReaderQueue>(
    db,
    sql`SELECT shown::text[] AS shown, gone::text[] AS gone, hosts, coalesce((seen_as::jsonb->>'from')::int, 0) AS "leastMillibits", looked_at AS "lookedAt"
        FROM deviation_reader WHERE account_id = ${accountId}::uuid AND seen_as::jsonb - 'from' = ${JSON.stringify(seenAs)}::jsonb`,
  )
}

export async function keepReaderQueue(
  db: Db,
  accountId: string,
  seenAs: SeenAs,
  { shown, gone, hosts, leastMillibits }: Omit<ReaderQueue, 'lookedAt'>,
): Promise<void> {
  const from = JSON.stringify({ ...seenAs, from: leastMillibits })
  await execute(
    db,
    sql`INSERT INTO deviation_reader (account_id, seen_as, shown, gone, hosts, looked_at)
        VALUES (${accountId}::uuid, ${from}, ${shown}::bigint[], ${gone}::bigint[], ${hosts}::int[], now())
        ON CONFLICT (account_id) DO UPDATE SET seen_as = excluded.seen_as, shown = excluded.shown, gone = excluded.gone, hosts = excluded.hosts,
          looked_at = excluded.looked_at`,
  )
}

/** Whoever is told again later is told of what changes from then on. */
export async function forgetReadersBut(db: Db, accountIds: readonly string[]): Promise<void> {
  await execute(db, sql`DELETE FROM deviation_reader WHERE account_id <> ALL(${[...accountIds]}::uuid[])`)
}

/**
 * Why somebody is told of an item: it is new, its score rose to what they see, it shows on hosts alone that they did not see before, it did before and does
 * again, or it was explained and deviates all the same.
 */
export type Arrival = 'new' | 'risen' | 'joined' | 'back' | 'again'
export type Arrived = { item: Deviating; how: Arrival }

type Look = {
  /** What deviates as high as the reader is told of. */
  items: readonly Deviating[]
  hosts: number[] | null
  leastMillibits: number
  before: ReaderQueue | null
  /** Items that were first found in it are new; what is younger waits. Microseconds since 1970, the first one excluded. */
  span: { fromUs: number; untilUs: number }
  /** Whether what deviates is all there: while days of the past are computed anew it comes and goes, and only what is new is told. */
  isWhole: boolean
}
type Kept = Omit<ReaderQueue, 'lookedAt'>

/** Longer lists of what is gone forget the oldest. */
const MOST_GONE = 20_000
/** What somebody opened again this long before the last look was opened, and did not come back by itself, µs. Origin: it takes a while to be computed anew. */
const OPENED_US = 3_600_000_000

/** What arrived in somebody's queue since the last look at it, in the order of the items, and what is to be kept of this one; null = it is no look to begin with. */
export function lookAgain(look: Look): { arrived: Arrived[]; after: Kept | null } {
  return look.isWhole ? lookAtAll(look) : lookForNew(look)
}

function lookForNew({ items, before, span }: Look): { arrived: Arrived[]; after: Kept | null } {
  const known = new Set([...(before?.shown ?? []), ...(before?.gone ?? [])])
  const found = items.filter(
    ({ id, state, createdAt }) =>
      state === 'open' && createdAt > span.fromUs && createdAt <= span.untilUs && !known.has(id),
  )
  const after = before && {
    shown: [...before.shown, ...found.map(({ id }) => id)],
    gone: before.gone,
    hosts: before.hosts,
    leastMillibits: before.leastMillibits,
  }
  return { arrived: found.map((item) => ({ item, how: 'new' })), after }
}

function lookAtAll({ items, hosts, leastMillibits, before, span }: Look): {
  arrived: Arrived[]
  after: Kept
} {
  const [was, gone] = [new Set(before?.shown ?? []), new Set(before?.gone ?? [])]
  const arrived: Arrived[] = []
  const shown: string[] = []
  for (const item of items) {
    if (item.createdAt > span.untilUs) continue
    const how = was.has(item.id) ? null : howArrived(item, { before, gone, span })
    if (how === 'later') continue
    shown.push(item.id)
    if (how !== null) arrived.push({ item, how })
  }
  const here = new Set(shown)
  const left = [...gone, ...was].filter((id) => !here.has(id))
  return { arrived, after: { shown, gone: [...new Set(left)].slice(-MOST_GONE), hosts, leastMillibits } }
}

/** `later`: not to be told yet; null: nothing to tell. */
function howArrived(
  item: Deviating,
  { before, gone, span }: Pick<Look, 'before' | 'span'> & { gone: ReadonlySet<string> },
): Arrival | 'later' | null {
  // somebody is at it
  if (item.state === 'flagged' || item.state === 'malicious') return null
  const isNew = item.createdAt > span.fromUs && !gone.has(item.id)
  if (isNew && item.state === 'open') return 'new'
  // nor did anything rise to what is seen where that came down to it
  if (before === null || item.scoreMillibits < before.leastMillibits) return null
  if (item.state !== 'open') return item.settled ? 'again' : 'later'
  if (item.judgedAt !== null && item.judgedAt > before.lookedAt - OPENED_US) return null
  return gone.has(item.id) ? 'back' : 'risen'
}
