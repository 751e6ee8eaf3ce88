/** Pages whose state can be saved under a name. */
export const VIEW_PAGES = [
  '/deviations',
  '/executions',
  '/hosts',
  '/binaries',
  '/attempts',
  '/decisions',
] as const
export type ViewPage = (typeof VIEW_PAGES)[number]

/** Where somebody is in a list is no part of a view of it. */
const PLACE = ['page', 'after', 'open']

/** A page's query as views keep and compare it: without the place in the list, in the order of names and values. */
export function toViewQuery(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => !PLACE.includes(name))
  kept.sort(([a, one], [b, other]) => (a === b ? compare(one, other) : compare(a, b)))
  return new URLSearchParams(kept).toString()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
