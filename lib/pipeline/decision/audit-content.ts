import { storableText } from '@/lib/pipeline/storable-text'

/** JSON as the audit log keeps it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** What one audit row says, without its place in the chain. */
export type AuditContent = {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  actorKind: 'account' | 'key' | 'system'
  actorId: string | null
  actorName: string
  action: string
  subjectKind: string
  subjectId: string
  detail: Json
}

/** JSON with sorted keys and no white space: the same value gives the same text, so that it can be hashed. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}

/** The value as the database will give it back. */
export function storable(value: Json): Json {
  if (typeof value === 'string') return storableText(value)
  // PostgreSQL's numeric has no negative zero
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map(storable)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [storableText(key), storable(part)]))
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
