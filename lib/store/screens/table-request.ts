import { empty, join, raw, type Sql, sql } from '@/lib/store/sql'

/** What a table's URL asks for. */
export type TableRequest<Sort extends string = string> = {
  /** The search field; '' = none. */
  q: string
  sort: Sort
  descending: boolean
  /** From 1. */
  page: number
  pageSize: number
  /** Chosen values by filter; a filter that is not set has no entry. */
  filters: Readonly<Record<string, readonly string[]>>
  /** Keyset cursor of the row before the first one shown, as the screen wrote it. */
  after: string | null
}

export type SearchParams = Record<string, string | string[] | undefined>

/** A query string as pages get it. */
export function toSearchParams(search: URLSearchParams): SearchParams {
  return Object.fromEntries([...new Set(search.keys())].map((key) => [key, search.getAll(key)]))
}

type Spec<Sort extends string> = {
  /** Columns that may be sorted by, as the URL names them. */
  sorts: readonly Sort[]
  defaultSort: Sort
  /** Default true: most first. */
  defaultDescending?: boolean
  /** Names of filters in the URL; anything else there is not a filter. */
  filters?: readonly string[]
  pageSize?: number
}

export const PAGE_SIZES = [50, 100, 200, 500] as const
const MAX_PAGE = 100_000
const MAX_TEXT = 500
const MAX_VALUES = 100

/** Reads a table's state from the URL; what makes no sense takes its default, so that an edited link still opens. */
export function parseTableRequest<Sort extends string>(
  params: SearchParams,
  spec: Spec<Sort>,
): TableRequest<Sort> {
  const asked = single(params['sort'])
  const sort = spec.sorts.find((name) => name === asked.replace(/^-/, ''))
  const page = Number.parseInt(single(params['page']), 10)
  const pageSize = PAGE_SIZES.find((size) => String(size) === single(params['size']))
  const filters = (spec.filters ?? []).map((name) => [name, values(params[name])] as const)
  return {
    q: single(params['q']),
    sort: sort ?? spec.defaultSort,
    descending: sort === undefined ? (spec.defaultDescending ?? true) : asked.startsWith('-'),
    page: page >= 1 ? Math.min(page, MAX_PAGE) : 1,
    pageSize: pageSize ?? spec.pageSize ?? PAGE_SIZES[0],
    filters: Object.fromEntries(filters.filter(([, chosen]) => chosen.length > 0)),
    after: single(params['after']) || null,
  }
}

function single(value: string | string[] | undefined): string {
  return (values(value)[0] ?? '').trim()
}

/** PostgreSQL takes no NUL. */
function values(value: string | string[] | undefined): string[] {
  const all = value === undefined ? [] : typeof value === 'string' ? [value] : value
  return all
    .map((text) => text.replaceAll('\u0000', '').slice(0, MAX_TEXT))
    .filter((text) => text !== '')
    .slice(0, MAX_VALUES)
}

/** `ORDER BY …`; `tieBreaker` (unique) makes pages stable. */
export function orderBy<Sort extends string>(
  request: Pick<TableRequest<Sort>, 'sort' | 'descending'>,
  columns: Record<Sort, Sql>,
  tieBreaker: Sql,
): Sql {
  const direction = raw(request.descending ? 'DESC' : 'ASC')
  return sql`ORDER BY ${columns[request.sort]} ${direction} NULLS LAST, ${tieBreaker}`
}

/** `LIMIT … OFFSET …` of an offset-paged table. */
export function limitOffset(request: Pick<TableRequest, 'page' | 'pageSize'>): Sql {
  return sql`LIMIT ${request.pageSize} OFFSET ${(request.page - 1) * request.pageSize}`
}

/** `AND column = ANY(…)` for a chosen filter, nothing otherwise. */
export function matching(request: Pick<TableRequest, 'filters'>, filter: string, column: Sql): Sql {
  const chosen = request.filters[filter]
  return chosen === undefined ? empty : sql`AND ${column} IN (${join(chosen)})`
}
