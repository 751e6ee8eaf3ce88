import { DETAIL_DAYS, LIST_DAYS } from '@/lib/pipeline/periods'

/** Everything that waits, which is what the rail counts: links lead to a period of it only where they say which. */
const QUEUE = '/deviations'
const LISTS: ReadonlyMap<string, string> = new Map([
  ['/binaries', String(LIST_DAYS)],
  ['/hosts', String(LIST_DAYS)],
  ['/executions', String(LIST_DAYS)],
  ['/attempts', 'all'],
  [QUEUE, 'all'],
])
const DETAIL = /^\/(?:binaries|hosts)\/(?!incidents$)[^/]+$/

/** The period of a page where its address names none; null = it looks back over none. */
export function usualPeriod(path: string): string | null {
  return LISTS.get(path) ?? (DETAIL.test(path) ? String(DETAIL_DAYS) : null)
}

/** Whether a period that was chosen on the page before goes along to a page without being asked for. */
export function takesPeriodAlong(path: string): boolean {
  return path !== QUEUE && usualPeriod(path) !== null
}

const NAMES = ['days', 'from', 'to'] as const

/** The period that an address names, or else so many days, for links to another page that looks back: '?days=7'; '' = its own. */
export function periodQuery(params: URLSearchParams, days?: number): string {
  const named = NAMES.flatMap((name) => params.getAll(name).map((value) => [name, value]))
  if (named.length === 0) return days === undefined ? '' : `?days=${days}`
  return `?${new URLSearchParams(named)}`
}

/** 'Last 7 days of data'; `days` may be any number that an address holds. */
export function periodLabel(days: string): string {
  if (days === 'all') return 'All time'
  return days === '1' ? 'Last day of data' : `Last ${days} days of data`
}

/** The same of an address, or the days that it chose apart: '2026-01-05 – 2026-01-09'. */
export function periodWords(params: URLSearchParams, usual: string): string {
  const [from, to] = ['from', 'to'].map((name) => params.get(name)?.slice(0, 10) ?? null)
  if (from && to) return from === to ? from : `${from} – ${to}`
  if (from) return `From ${from}`
  if (to) return `Until ${to}`
  return periodLabel(params.get('days') ?? usual)
}
