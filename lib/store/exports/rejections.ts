import { type ImportViewer, visibleTo } from '@/lib/store/screens/imports'
import { sql } from '@/lib/store/sql'
import { copyOut, safeText } from './copy-out'

/** CSV of the records of an upload that could not be read. `uploadId` is a UUID. */
export async function exportRejections(
  viewer: ImportViewer,
  uploadId: string,
): Promise<AsyncIterable<Uint8Array>> {
  return copyOut(
    sql`SELECT ${safeText(sql`f.path`)} AS file, r.position, ${safeText(sql`r.record_id`)} AS record_id, ${safeText(sql`r.reason`)} AS reason
        FROM rejection r JOIN import_file f ON f.id = r.import_file_id JOIN upload u ON u.id = f.upload_id
        WHERE u.id = ${uploadId}::uuid ${visibleTo(viewer)} ORDER BY f.path, f.id, r.position`,
  )
}
