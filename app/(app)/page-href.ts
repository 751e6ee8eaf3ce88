import type { SearchParams } from '@/lib/store/screens/table-request'

/** A page with the same state in its URL, but for one name: null takes it away. */
export function pageHref(path: string, params: SearchParams, name: string, value: string | null): string {
  const kept = Object.entries(params).flatMap(([key, values]) =>
    key === name || values === undefined ? [] : [values].flat().map((one): [string, string] => [key, one]),
  )
  const query = new URLSearchParams(value === null ? kept : [...kept, [name, value]]).toString()
  return query === '' ? path : `${path}?${query}`
}
