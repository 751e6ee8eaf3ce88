import type pg from 'pg'
import { hash64 } from '@/lib/pipeline/hash'
import { knownRows } from '@/lib/store/known-rows'
import { remembering } from '@/lib/store/remembering'
import { execute, sql } from '@/lib/store/sql'

/** A command line of a month ('YYYY-MM-01'), as searched. */
export type CommandText = { month: string; id: string; text: string }

const ids = remembering<string>()

/** Its id in `command_text`; the database's function of this name says the same. */
export function commandTextId(text: string): string {
  return ids(text, () => hash64('command-text', text))
}

/** Makes sure that these lines can be searched, in a short transaction of its own; those known to be there cost nothing. */
export async function ensureCommandTexts(pool: pg.Pool, texts: Iterable<CommandText>): Promise<void> {
  // a line goes only with its whole month
  const known = knownRows(pool)
  const missing = new Map<string, CommandText>()
  for (const text of texts) {
    const name = `command_text ${text.month} ${text.id}`
    if (!known.has(name)) missing.set(name, text)
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
  for (const name of missing.keys()) known.add(name)
}
