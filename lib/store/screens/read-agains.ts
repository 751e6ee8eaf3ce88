import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { type ImportViewer, SHOWN_STATE, type UploadRow, visibleTo } from './imports'

/** An import that read the same file. */
export type SameFile = Pick<UploadRow, 'id' | 'name' | 'shownState'>

/** Which import an upload was read again from, and as which one it was; null = none, or none that the viewer may see. */
export type ReadAgains = { from: SameFile | null; as: SameFile | null }

const READ_AGAIN = sql`subject_kind = 'upload' AND action = 'upload-read-again'`

/** Found in the audit log, which is where it is said; its bytes go with it, so that an upload is read again once at most. `id` is a UUID. */
export async function findReadAgains(viewer: ImportViewer, id: string): Promise<ReadAgains> {
  const found = await rows<SameFile & { how: keyof ReadAgains }>(
    pool(),
    sql`SELECT other.how, u.id, u.name, ${SHOWN_STATE} AS "shownState" FROM (
          SELECT 'as' AS how, subject_id AS id FROM audit_entry WHERE ${READ_AGAIN} AND detail->>'of' = ${id}
          UNION ALL SELECT 'from', detail->>'of' FROM audit_entry WHERE ${READ_AGAIN} AND subject_id = ${id}) other
        JOIN upload u ON u.id = other.id::uuid WHERE true ${visibleTo(viewer)}`,
  )
  const one = (how: keyof ReadAgains) => {
    const row = found.find((other) => other.how === how)
    return row === undefined ? null : { id: row.id, name: row.name, shownState: row.shownState }
  }
  return { from: one('from'), as: one('as') }
}
