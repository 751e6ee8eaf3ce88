import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'

/** First keys of what products wrap around several records; to look for more in every record would cost more than it gives. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'records',
  'value',
  'results',
  'Results',
  'Schema',
  'schema',
  'took',
  'hits',
  '@odata.context',
])

/**
 * The records that a JSON object stands for: mostly itself. Of what osquery logs as a snapshot or in batches each row, as `columns` beside the host, time and
 * name of the query that all have; of a search's answer and an event hub's message each record in its list.
 */
export function rowsOf(fields: JsonObject): readonly JsonObject[] {
  if (fields['snapshot'] !== undefined || fields['diffResults'] !== undefined) return osqueryRows(fields)
  // the first key, without making a list of all
  for (const first in fields) return (WRAPPERS.has(first) ? listedIn(fields) : null) ?? [fields]
  return [fields]
}

function osqueryRows(fields: JsonObject): readonly JsonObject[] {
  if (fields['hostIdentifier'] === undefined) return [fields]
  const { snapshot, diffResults, ...common } = fields
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

/** Null where there is no list of objects, or an empty one. */
function listedIn(fields: JsonObject): JsonObject[] | null {
  const hits = fields['hits']
  const list = [
    fields['records'],
    fields['value'],
    fields['results'],
    fields['Results'],
    isObject(hits) ? hits['hits'] : hits,
  ].find((candidate) => Array.isArray(candidate) && candidate.length > 0)
  return Array.isArray(list) && list.every(isObject) ? list : null
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
