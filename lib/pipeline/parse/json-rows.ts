import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'

/**
 * The records that a JSON object stands for: itself, but of what osquery logs as a snapshot or in batches each row, as `columns` beside the host, time
 * and name of the query that all have.
 */
export function rowsOf(fields: JsonObject): readonly JsonObject[] {
  const { snapshot, diffResults } = fields
  if (snapshot === undefined && diffResults === undefined) return [fields]
  if (fields['hostIdentifier'] === undefined) return [fields]
  const { snapshot: _, diffResults: __, ...common } = fields
  const { added, removed } = (diffResults ?? {}) as JsonObject
  const rows = [
    ...toRows(common, snapshot, 'snapshot'),
    ...toRows(common, added, 'added'),
    ...toRows(common, removed, 'removed'),
  ]
  return rows.length === 0 ? [{ ...common, columns: {} }] : rows
}

function toRows(common: JsonObject, list: JsonValue | undefined, action: string): JsonObject[] {
  return Array.isArray(list) ? list.map((columns) => ({ ...common, action, columns })) : []
}
