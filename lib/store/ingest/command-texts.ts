import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import { hash64 } from '@/lib/pipeline/hash'
import { execute, sql } from '@/lib/store/sql'

/** A command line of a month ('YYYY-MM-01'), as searched. */
export type CommandText = { month: string; id: string; text: string }

/** Characters of command lines that are remembered with their ids; whoever writes a log chooses their length. */
const REMEMBERED = 8 * 1024 * 1024

const ids = new LRUCache<string, string>({
  maxSize: REMEMBERED,
  sizeCalculation: (_, text) => text.length + 1,
})

/** Its id in `command_text`; the database's function of this name says the same. */
export function commandTextId(text: string): string {
  const known = ids.get(text)
  if (known !== undefined) return known
  const id = hash64('command-text', text)
  ids.set(text, id)
  return id
}

/** What is there already, a database: a line goes only with its whole month. */
const written = new WeakMap<pg.Pool, LRUCache<string, true>>()

/** Makes sure that these lines can be searched, in a short transaction of its own; those known to be there cost nothing. */
export async function ensureCommandTexts(pool: pg.Pool, texts: Iterable<CommandText>): Promise<void> {
  const cache = written.get(pool) ?? new LRUCache<string, true>({ max: 200_000 })
  written.set(pool, cache)
  const missing = new Map<string, CommandText>()
  for (const text of texts) {
    const key = `${text.month} ${text.id}`
    if (!cache.has(key)) missing.set(key, text)
  }
  if (missing.size === 0) return
  const all = [...missing.values()]
  await execute(
    pool,
    sql`INSERT INTO command_text (month, id, text)
        SELECT month::timestamp AT TIME ZONE 'UTC', id, text FROM unnest(
          ${all.map(({ month }) => month)}::date[], ${all.map(({ id }) => id)}::bigint[], ${all.map(({ text }) => text)}::text[]) AS t(month, id, text)
        ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
  )
  for (const key of missing.keys()) cache.set(key, true)
}
