import { rejectionFilter } from '@/lib/store/screens/import-files'
import { type ImportViewer, visibleTo } from '@/lib/store/screens/imports'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { sql } from '@/lib/store/sql'
import { copyOut, safeText } from './copy-out'
import type { CsvLines } from './csv-lines'

/** CSV of what could not be read of an upload, filtered as its page: files as a whole and to their end (no position), and records. `uploadId` is a UUID. */
export async function exportRejections(
  viewer: ImportViewer,
  uploadId: string,
  asked: Pick<TableRequest, 'q' | 'filters'>,
): Promise<CsvLines> {
  return copyOut(
    sql`SELECT ${safeText(sql`f.path`)} AS file, r.position, ${safeText(sql`r.record_id`)} AS record_id, ${safeText(sql`r.reason`)} AS reason
        FROM upload u JOIN import_file f ON f.upload_id = u.id CROSS JOIN LATERAL (
          SELECT NULL::int AS position, NULL AS record_id, f.error AS reason WHERE f.error IS NOT NULL
          UNION ALL SELECT position, record_id, reason FROM rejection WHERE import_file_id = f.id) r
        WHERE u.id = ${uploadId}::uuid ${visibleTo(viewer)} ${rejectionFilter(asked)} ORDER BY f.path, f.id, r.position NULLS FIRST`,
  )
}
