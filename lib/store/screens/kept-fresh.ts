import { LRUCache } from 'lru-cache'
import { log } from '@/lib/log'
import { afterPages } from '@/lib/pages-under-way'
import { pool } from '@/lib/store/pool'
import { type Db, findRow, sql } from '@/lib/store/sql'
import { type Remembered, untilWorkedOut } from './remembered'

/** Pages that are kept fresh, those that were looked at last, and for how long since. */
const MOST = 16
const LATELY_MS = 12 * 60 * 60_000
/** How often it is looked whether anything was computed. */
const ROUND_MS = 60_000
/** At most this share of the time goes into it, of all pages together. */
const EFFORT = 1 / 20

/** Works out what a page shows: everything of it that is remembered. */
type WorkOut = () => Promise<readonly Remembered<unknown>[]>

/** `freshAt`: the revision of what is computed as of which all of it was so. */
type Keeper = { lately: LRUCache<string, WorkOut>; freshAt: string | null; round: NodeJS.Timeout | null }

/** One for the process: a web server's pages and handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as { cordonKeptFresh?: Keeper }
holder.cordonKeptFresh ??= {
  lately: new LRUCache({ max: MOST, ttl: LATELY_MS }),
  freshAt: null,
  round: null,
}
const keeper = holder.cordonKeptFresh

/**
 * Tells that somebody looks at a page of which something takes long: for as long as that is lately, it is worked out anew as data come, before it is asked for
 * again, on a new day as well. `page`: whose sight it is, too.
 */
export function keepFresh(page: string, workOut: WorkOut): void {
  noteLooked(page, workOut)
  if (keeper.round === null) nextRound(ROUND_MS)
}

/** The same, but for the rounds. */
export function noteLooked(page: string, workOut: WorkOut): void {
  // what was worked out for the others is not fresh of this one
  if (!keeper.lately.has(page)) keeper.freshAt = null
  keeper.lately.set(page, workOut)
}

/** For tests. */
export function forgetLooked(): void {
  keeper.lately.clear()
  keeper.freshAt = null
}

function nextRound(ms: number): void {
  keeper.round = setTimeout(async () => {
    const start = performance.now()
    await workOutAhead(pool()).catch((error: unknown) =>
      log().warn({ err: error }, 'pages are not kept fresh'),
    )
    if (keeper.lately.size === 0) keeper.round = null
    else nextRound(Math.max(ROUND_MS, (performance.now() - start) / EFFORT))
  }, ms).unref()
}

/** Works out what is old of pages that were looked at lately, one after the other and after pages that are asked for. */
export async function workOutAhead(db: Db): Promise<void> {
  keeper.lately.purgeStale()
  const revision = await findRow<{ at: string }>(db, sql`SELECT last_value AS at FROM computed_revision`)
  if (revision === null || revision.at === keeper.freshAt) return
  const shown: (readonly Remembered<unknown>[] | null)[] = []
  for (const workOut of [...keeper.lately.values()]) {
    await afterPages()
    shown.push(await workOut().catch(tellFailure))
    await untilWorkedOut()
  }
  keeper.freshAt = shown.every((page) => page?.every(({ at }) => at === null)) ? revision.at : null
}

function tellFailure(error: unknown): null {
  log().warn({ err: error }, 'a page is not kept fresh')
  return null
}
