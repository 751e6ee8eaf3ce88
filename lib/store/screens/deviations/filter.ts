import { readDays, toDay } from '@/lib/store/screens/moment'
import { parseTableRequest, type SearchParams, type TableRequest } from '@/lib/store/screens/table-request'

export const DEVIATION_SORTS = [
  'score',
  'pattern',
  'binary',
  'hosts',
  'executions',
  'first',
  'last',
  'state',
  'assignee',
] as const
export type DeviationSort = (typeof DEVIATION_SORTS)[number]

/** Names of the filters in the URL of the deviations page and its export. */
export const DEVIATION_FILTERS = [
  'state',
  'binary',
  'technique',
  'reason',
  'group',
  'host',
  'assignee',
  'score',
  'first',
  'below',
  'days',
  'from',
  'to',
] as const

/** The value of `assignee` for what nobody looks into. */
export const NOBODY = 'nobody'
/** The value of `state` that asks for every state. */
export const ANY_STATE = 'all'
/** Least scores that the page offers, in bits. */
export const SCORE_CHOICES = [8, 12, 16, 20] as const

/** Within how many of the last days of data the page offers to have first been seen. */
export const FIRST_SEEN_CHOICES = [1, 7, 30] as const

/** What the list asks for; an empty list asks for nothing in particular. */
export type DeviationFilter = {
  q: string
  states: readonly string[]
  binaries: readonly string[]
  techniques: readonly string[]
  reasons: readonly string[]
  groups: readonly string[]
  hosts: readonly string[]
  /** Account ids, or NOBODY. */
  assignees: readonly string[]
  minScoreMillibits: number
  /** First seen within so many of the last days of data; null = whenever. */
  firstSeenDays: number | null
  /** Seen on one of these days, both included and null = open; or on one of so many last days of data. */
  period: { from: string | null; to: string | null; lastDays: number | null }
  /** Also open items below the threshold of what people see. Asked for by name, or with a least score. */
  below: boolean
}

/** Reads the deviations page's URL. */
export function parseDeviationRequest(params: SearchParams): TableRequest<DeviationSort> {
  return parseTableRequest(params, {
    sorts: DEVIATION_SORTS,
    defaultSort: 'score',
    filters: DEVIATION_FILTERS,
  })
}

/** What a URL asks for: open items where it names no state. */
export function toDeviationFilter({ q, filters }: Pick<TableRequest, 'q' | 'filters'>): DeviationFilter {
  const states = filters['state'] ?? ['open']
  const bits = Number(filters['score']?.[0] ?? 0)
  const days = Number(filters['first']?.[0] ?? 0)
  return {
    q,
    states: states.includes(ANY_STATE) ? [] : states,
    binaries: filters['binary'] ?? [],
    techniques: filters['technique'] ?? [],
    reasons: filters['reason'] ?? [],
    groups: filters['group'] ?? [],
    hosts: filters['host'] ?? [],
    assignees: filters['assignee'] ?? [],
    minScoreMillibits: bits > 0 && bits < 1000 ? Math.round(bits * 1000) : 0,
    firstSeenDays: days > 0 && days < 10_000 ? days : null,
    period: toPeriod(filters),
    below: filters['below'] !== undefined || bits > 0,
  }
}

/** Days by hand come before a number of them. */
function toPeriod(filters: TableRequest['filters']): DeviationFilter['period'] {
  const [from, to] = [toDay(filters['from']?.[0]), toDay(filters['to']?.[0])]
  return { from, to, lastDays: from === null && to === null ? readDays(filters['days']?.[0]) : null }
}
