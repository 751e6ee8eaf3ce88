import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { log } from '@/lib/log'
import { sha256 } from '@/lib/pipeline/hash'
import { type Pool, pool, toTimestamp } from '@/lib/store/pool'
import { type HostScope, inScope } from '@/lib/store/scope'
import { type Db, execute, findRow, plannedRows, sql } from '@/lib/store/sql'

/** The folder that this runs in, which each build has of its own: what another build worked out may have another shape. */
const BUILD = path.basename(process.cwd())
/** What is worked out faster is never remembered: small fleets always see what is so now. */
const SLOW_MS = 150
/** While what is computed goes on changing, at most this share of the time goes into working something out anew. */
const EFFORT = 1 / 20
/** Changes that nobody tells of are seen after this long. */
const LONGEST_MS = 10 * 60_000
/** As RememberedHow.oldestMs. */
const OLDEST_MS = 60 * 60_000
/** Whoever claimed to work something out and died is not waited for longer. */
const CLAIM_MS = 5 * 60_000
/** Whoever asked before something was worked out may learn so much later that it was not yet. */
const LINGER_MS = 2_000
/** What failed is tried again after this long. */
const RETRY_MS = 30_000
/** What was kept once is kept as long as it takes this share of what is slow: how long anything takes depends on what else is going on. */
const STILL_SLOW = 1 / 3
/** When something was asked for last is written down this often at most. */
const TOUCH_MINUTES = 10
/** What nobody asked for since is forgotten. */
const FORGET_DAYS = 7
/** Keys come of addresses, which anybody writes: beyond this many, or bytes as they are stored, what was asked for the longest time ago is forgotten. */
const MOST_KEPT = 2_000
const MOST_BYTES = 256 * 1024 * 1024
/** Characters of values that are held here as they are stored: reading a long one and parsing it takes as long as the rest of its page. */
const HELD = 32 * 1024 * 1024

/** A value as stored at `at`: of an older one nothing is answered. Who asks is answered the same object, and must not change it. */
type Held = { at: number; value: unknown; length: number }

/** What is held, what is being worked out, which keys wait to be, and the last of them. */
type Desk = {
  held: LRUCache<string, Held>
  underWay: Map<string, { value: Promise<unknown>; endedAt: number }>
  queued: Set<string>
  last: Promise<unknown>
}

/** One for the process: a web server's pages and handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as { cordonRemembered?: Desk }
holder.cordonRemembered ??= {
  held: new LRUCache({ maxSize: HELD, sizeCalculation: ({ length }) => length + 1 }),
  underWay: new Map(),
  queued: new Set(),
  last: Promise.resolve(),
}
const desk = holder.cordonRemembered

/** `at`: when it was worked out (µs since 1970), where something was computed since; null = it is so now. */
export type Remembered<T> = { value: T; at: number | null }

/** How much was computed, and how much people had changed (the last audit entry), as of before something is worked out. */
type Moment = { revision: string; changes: string }
type Row = {
  /** JSON; null = the same as is held. */
  content: string | null
  at: number
  took_ms: number
  age_ms: number
  /** Nothing was computed since, nor changed where that counts. */
  current: boolean
  /** Nobody changed anything since. */
  unchanged: boolean
  asked_lately: boolean
}
type Found = Moment & (({ key: string } & Row) | { key: null })

export type RememberedHow<T> = {
  /** What takes less is not remembered. */
  slowMs?: number
  /** It counts what people change as well: as soon as anybody did, whoever asks waits for what is so now. */
  sees?: 'changes'
  /** What is older, and no longer so, is shown to nobody who can wait for what is so now; 0 = whoever asks waits. */
  oldestMs?: number
  /** Whether it was made of something remembered that is not so any more: then it is not, either. */
  isOld?: (value: T) => boolean
}

/**
 * What a page shows of everything that is computed, worked out once where that takes long: as long as nothing is computed since, the same is true; else
 * what was true then is answered, while it is worked out anew behind the page. `name`, whose sight it is and `asked` say what it is; the value has
 * to survive JSON.
 */
export async function remembered<T>(
  name: string,
  sight: HostScope,
  asked: unknown,
  workOut: () => Promise<T>,
  { slowMs = SLOW_MS, sees, oldestMs = OLDEST_MS, isOld = () => false }: RememberedHow<T> = {},
): Promise<Remembered<T>> {
  const db = pool()
  const key = sha256(JSON.stringify([BUILD, name, sight, await hostsIn(db, sight), asked]))
  const mine = desk.held.get(key)
  const lookedAt = performance.now()
  const found = await find(db, key, mine, sees === 'changes')
  const work: Work<T> = { key, workOut, slowMs, isOld, lookedAt, moment: found, isKept: found.key !== null }
  if (found.key === null) return { value: await once(db, work), at: null }
  if (!found.asked_lately) await execute(db, sql`UPDATE remembered SET asked_at = now() WHERE key = ${key}`)
  if (!found.current) {
    if (oldestMs === 0 || (sees === 'changes' && !found.unchanged))
      return { value: await once(db, work), at: null }
    const fresh = found.age_ms > oldestMs ? await once(db, work).catch(tellFailure) : undefined
    if (fresh !== undefined) return { value: fresh, at: null }
  }
  // of a time to come: the clock was put back since
  if (found.age_ms > refreshAfter(found) || found.age_ms < 0) refresh(db, { ...work, seenAt: found.at })
  return { value: contentOf<T>(found, mine), at: found.current ? null : found.at }
}

/** The last audit entry: entries are appended one after the other, so nothing that anybody changes commits behind it unseen. */
export const MOMENT = sql`(SELECT last_value FROM computed_revision) AS revision, (SELECT coalesce(max(id), 0) FROM audit_entry) AS changes`

/** The moment first: what is computed or changed meanwhile makes the value old, at worst too early. Ages are told by the clock: what this waited for may be younger than now(), when it began. */
async function find(db: Db, key: string, mine: Held | undefined, seesChanges: boolean): Promise<Found> {
  const heldAt = mine === undefined ? null : toTimestamp(mine.at)
  const [found] = await plannedRows<Found>(
    db,
    sql`SELECT m.revision, m.changes, r.key, CASE WHEN r.worked_out_at IS DISTINCT FROM ${heldAt}::timestamptz THEN r.content::text END AS content,
          r.worked_out_at AS at, r.took_ms, r.changes = m.changes AS unchanged,
          r.revision = m.revision AND (r.changes = m.changes OR NOT ${seesChanges}::boolean) AS current,
          r.asked_at > now() - ${TOUCH_MINUTES}::int * interval '1 minute' AS asked_lately, (extract(epoch FROM clock_timestamp() - r.worked_out_at) * 1000)::float8 AS age_ms
        FROM (SELECT ${MOMENT}) m LEFT JOIN remembered r ON r.key = ${key}`,
  )
  return found ?? { key: null, revision: '0', changes: '0' }
}

function contentOf<T>({ key, content, at }: { key: string } & Row, mine: Held | undefined): T {
  if (content === null && mine !== undefined) return mine.value as T
  const value = JSON.parse(content ?? 'null') as T
  desk.held.set(key, { at, value, length: content?.length ?? 0 })
  return value
}

/** What is old is shown with its age as long as what is so now cannot be worked out. */
function tellFailure(error: unknown): undefined {
  log().warn({ err: error }, 'what a page counts is not up to date')
}

/** Which hosts are in sight at this moment, where that is not all of them: what was worked out while another was is not theirs to see. */
async function hostsIn(db: Db, sight: HostScope): Promise<string | null> {
  if (sight.kind === 'all') return null
  const row = await findRow<{ hosts: string | null }>(
    db,
    sql`SELECT md5(string_agg(id::text, ',' ORDER BY id)) AS hosts FROM host WHERE true ${inScope(sight, sql`id`)}`,
  )
  return row?.hosts ?? null
}

function refreshAfter({ current, took_ms }: Row): number {
  return current ? LONGEST_MS : Math.min(LONGEST_MS, took_ms / EFFORT)
}

/** Tells pages that something that they count was computed and committed. */
export async function noteComputed(db: Db): Promise<void> {
  await execute(db, sql`SELECT nextval('computed_revision')`)
}

/** Changes with what people say of an entry's deviations, not with what is computed: for `asked`, where that counts. */
export async function judgedOf(entryId: number): Promise<string> {
  const row = await findRow<{ judged: string }>(
    pool(),
    sql`SELECT coalesce(sum(version), 0) AS judged FROM deviation WHERE entry_id = ${entryId} AND version > 0`,
  )
  return row?.judged ?? '0'
}

/** `moment`: as of before it is worked out, asked for at `lookedAt`. `isKept`: an earlier answer is. */
type Work<T> = {
  key: string
  workOut: () => Promise<T>
  slowMs: number
  isOld: (value: T) => boolean
  lookedAt: number
  moment: Moment
  isKept: boolean
}

/** Worked out anew where it is still of this time. */
type Seen<T> = Work<T> & { seenAt: number }

/** Those who ask for the same at the same moment wait for the same: what was begun before does not see what changed since. */
function once<T>(db: Pool, work: Work<T>): Promise<T> {
  const { revision, changes } = work.moment
  const at = `${work.key} ${revision} ${changes}`
  const other = desk.underWay.get(at)
  if (other !== undefined && other.endedAt > work.lookedAt) return other.value as Promise<T>
  const value = workOutAndKeep(db, work)
  const own = { value, endedAt: Number.POSITIVE_INFINITY }
  desk.underWay.set(at, own)
  const end = () => {
    own.endedAt = performance.now()
    setTimeout(() => {
      if (desk.underWay.get(at) === own) desk.underWay.delete(at)
    }, LINGER_MS).unref()
  }
  value.then(end, end)
  return value
}

async function workOutAndKeep<T>(db: Pool, work: Work<T>): Promise<T> {
  const { key, workOut, slowMs, isOld, moment, isKept } = work
  const start = performance.now()
  const value = await workOut()
  const tookMs = Math.round(performance.now() - start)
  if (tookMs < slowMs * (isKept ? STILL_SLOW : 1)) {
    if (isKept) await execute(db, sql`DELETE FROM remembered WHERE key = ${key}`)
    return value
  }
  await execute(
    db,
    sql`INSERT INTO remembered (key, revision, changes, worked_out_at, took_ms, asked_at, content)
        VALUES (${key}, ${isOld(value) ? 0 : moment.revision}::bigint, ${moment.changes}::bigint, now(), ${tookMs}, now(), ${JSON.stringify(value)}::jsonb)
        ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, changes = excluded.changes, worked_out_at = excluded.worked_out_at,
          took_ms = excluded.took_ms, claimed_at = NULL, content = excluded.content
        WHERE remembered.changes <= excluded.changes`,
  )
  await forget(db, key).catch((error: unknown) => log().warn({ err: error }, 'old answers are not forgotten'))
  return value
}

/** All but `key`, which was just kept. Several processes may be at it: what another one has in hand is left to it. */
async function forget(db: Db, key: string): Promise<void> {
  await execute(
    db,
    sql`DELETE FROM remembered WHERE key IN (
          SELECT key FROM remembered WHERE key <> ${key} AND key IN (SELECT key FROM (SELECT key, asked_at, row_number() OVER latest AS place, sum(pg_column_size(content)) OVER latest AS bytes
            FROM remembered WINDOW latest AS (ORDER BY asked_at DESC, worked_out_at DESC, key)) r
          WHERE asked_at < now() - ${FORGET_DAYS}::int * interval '1 day' OR place > ${MOST_KEPT}::int OR bytes > ${MOST_BYTES}::bigint) FOR UPDATE SKIP LOCKED)`,
  )
}

/** Behind the page, one after the other: those who read pages come first. */
function refresh<T>(db: Pool, work: Seen<T>): void {
  const { key } = work
  if (desk.queued.has(key)) return
  desk.queued.add(key)
  desk.last = desk.last
    .then(() => workOutAnew(db, work))
    .catch(tellFailure)
    .finally(() => desk.queued.delete(key))
}

/** Waits for what is being worked out behind pages by now. */
export async function untilWorkedOut(): Promise<void> {
  await desk.last
}

async function workOutAnew<T>(db: Pool, work: Seen<T>): Promise<void> {
  const lookedAt = performance.now()
  const moment = await claim(db, work)
  if (moment === null) return
  try {
    await once(db, { ...work, lookedAt, moment })
  } catch (error) {
    await execute(
      db,
      sql`UPDATE remembered SET claimed_at = now() - ${CLAIM_MS - RETRY_MS}::int * interval '1 millisecond' WHERE key = ${work.key}`,
    )
    throw error
  }
}

/** Of several web servers one works out what is still as it was seen: answers that moment, to that one alone. A claim that this waited for may be younger than now(). */
function claim(db: Pool, { key, seenAt }: { key: string; seenAt: number }): Promise<Moment | null> {
  return findRow<Moment>(
    db,
    sql`UPDATE remembered SET claimed_at = now() WHERE key = ${key} AND worked_out_at = ${toTimestamp(seenAt)}::timestamptz
        AND (claimed_at IS NULL OR claimed_at NOT BETWEEN clock_timestamp() - ${CLAIM_MS}::int * interval '1 millisecond' AND clock_timestamp())
        RETURNING ${MOMENT}`,
  )
}
