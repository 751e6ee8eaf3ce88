import type { Json } from '@/lib/pipeline/decision/audit-content'

/** What an audit row says beside its action and subject: 'hosts: ws-1, ws-2; in group: Tills'. '' = nothing. */
export function detailWords(detail: Json): string {
  return partsOf(detail).join('; ')
}

function partsOf(detail: Json): string[] {
  if (!isRecord(detail)) return [valueWords(detail)]
  return Object.entries(detail).map(([key, value]) => `${keyWords(key)}: ${valueWords(value)}`)
}

/** 'hostIds' → 'host ids'; names that people gave stay as they are. */
function keyWords(key: string): string {
  return /^[a-z]+([A-Z][a-z]+)+$/.test(key) ? key.replaceAll(/[A-Z]/g, (one) => ` ${one.toLowerCase()}`) : key
}

function valueWords(value: Json): string {
  if (value === null || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  if (!isRecord(value)) return value.length === 0 ? 'none' : value.map(valueWords).join(', ')
  const parts = partsOf(value)
  return parts.length === 0 ? 'none' : `(${parts.join('; ')})`
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
