import { type ImportViewer, SHOWN_STATE, SUMMED_FILES, uploadFilter } from '@/lib/store/screens/imports'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { type Sql, sql } from '@/lib/store/sql'
import { safeText } from './copy-out'
import { timeText } from './time-text'

/** The imports page as it is filtered, the latest first. */
export function importsQuery(viewer: ImportViewer, asked: Pick<TableRequest, 'q' | 'filters'>): Sql {
  return sql`SELECT u.id, ${safeText(sql`u.name`)} AS name, u.channel, ${SHOWN_STATE} AS state, ${safeText(sql`u.error`)} AS error,
      coalesce(u.size_bytes, u.received_bytes) AS bytes, f.files, f.files_rejected, f.records, f.processes, f.executions, f.executions_duplicate,
      f.rejected, ${safeText(sql`u.host_override`)} AS host, ${safeText(sql`u.actor_name`)} AS imported_by, ${timeText(sql`u.created_at`)} AS created_at,
      ${timeText(sql`u.finished_at`)} AS finished_at
    FROM ${SUMMED_FILES} WHERE true ${uploadFilter(viewer, asked)} ORDER BY u.created_at DESC, u.id`
}
