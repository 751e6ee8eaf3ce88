import type { Scope } from '@/lib/pipeline/actor'
import { titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { isInt8 } from '@/lib/store/screens/executions/filter'
import { findRow, sql } from '@/lib/store/sql'
import type { DeviationItem } from './list'

/** An item that people judged or wrote of. */
export type UnseenDeviation = Pick<
  DeviationItem,
  'id' | 'slug' | 'binary' | 'title' | 'state' | 'version' | 'assignee'
>

/**
 * An item by the text of a URL, for when nothing on record shows it any more, as after an import was taken back: what people said of it stays. No host says who may
 * see it then, so that only who sees all hosts does. Null where it names none that people touched.
 */
export async function findUnseenDeviation(scope: Scope, id: string): Promise<UnseenDeviation | null> {
  if (scope.kind !== 'all' || !isInt8(id)) return null
  return await findRow<UnseenDeviation>(
    pool(),
    sql`SELECT d.id, c.slug, c.name AS binary, ${titleInWords(sql`d`)} AS title, d.state, d.version, a.name AS assignee
        FROM deviation d JOIN catalogue_entry c ON c.id = d.entry_id LEFT JOIN account a ON a.id = d.assignee_id
        WHERE d.id = ${id}::bigint AND d.touched`,
  )
}
