import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { findRow, sql } from '@/lib/store/sql'
import { type BinaryView, ofHosts } from './binary/view'
import type { DataWindow } from './data-window'

/** The newest day before a period and the first one after it for which there is something, 'YYYY-MM-DD'; null = there is none. */
export type Outside = { before: string | null; after: string | null }

/** Days on which a binary ran outside the window of a view, on its hosts. */
export async function findUseOutside(scope: Scope, view: BinaryView): Promise<Outside> {
  const { from, to } = view.window
  const use = sql`FROM usage WHERE entry_id = ${view.entryId} ${ofHosts(scope, view, sql`host_id`)}`
  const found = await findRow<Outside>(
    pool(),
    sql`SELECT (SELECT max(day) ${use} AND day < ${from}::date) AS before, (SELECT min(day) ${use} AND day > ${to}::date) AS after`,
  )
  return found ?? { before: null, after: null }
}

/** How far data go on both sides of a window. */
export function spanOutside(span: DataWindow, { from, to }: DataWindow): Outside {
  return { before: span.from < from ? span.from : null, after: span.to > to ? span.to : null }
}
