import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'

/** A record as two readers can be compared by: each value as text under its path, "EventData.Image". */
export type Leaves = Map<string, string>
export type ComparableRecord = { recordId: string | null; leaves: Leaves }

/** The values of a record's fields; items of an array by their index. Empty ones are left out: some readers do not print them. */
export function leavesOf(fields: JsonObject): Leaves {
  const leaves: Leaves = new Map()
  collect(fields, '', leaves)
  return leaves
}

function collect(value: JsonValue, path: string, leaves: Leaves): void {
  if (value === null || value === '') return
  if (typeof value !== 'object') {
    leaves.set(path, String(value))
    return
  }
  for (const [key, inner] of Object.entries(value))
    if (!key.startsWith('xmlns')) collect(inner, path === '' ? key : `${path}.${key}`, leaves)
}
