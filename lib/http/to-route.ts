import { HANDLERS, PAGES } from '@/lib/access/entrances'

/** Where handlers stand for shippers, who call them without it: `next.config.ts` rewrites what they ask at the root. */
const SHIPPERS = /^\/api\/ingest\/(?:elasticsearch|splunk)(?=\/(?!\[\.))/

const ADDRESSES = [
  ...Object.keys(PAGES),
  ...Object.keys(HANDLERS).map((entrance) => entrance.slice(entrance.indexOf(' ') + 1)),
]
/** Backwards, so that a word comes before whatever may stand in its place, and one segment before all that follow. */
const ROUTES = [...new Set([...ADDRESSES, ...ADDRESSES.map((address) => address.replace(SHIPPERS, ''))])]
  .sort()
  .reverse()
  .map((address) => ({
    label: address.replace(/\[+[^\]]+\]+/g, ':id'),
    pattern: new RegExp(`^${address.split('/').filter(Boolean).map(toPattern).join('')}/?$`),
  }))

/** Of a segment: '[[...path]]' any or none, '[...path]' one or more, '[id]' one, else the word itself. */
function toPattern(segment: string): string {
  if (segment.startsWith('[[...')) return '(?:/.+)?'
  if (segment.startsWith('[...')) return '/.+'
  return segment.startsWith('[') ? '/[^/]+' : `/${segment.replaceAll('.', '\\.')}`
}

/**
 * A request's address as a label, by the table of entrances: '/deviations/123?x=1' → '/deviations/:id'. There are as many labels as
 * entrances, whatever is asked for.
 */
export function toRoute(url: string): string {
  const path = url.split('?', 1)[0] ?? '/'
  if (path.startsWith('/_next/')) return '/_next'
  return ROUTES.find(({ pattern }) => pattern.test(path))?.label ?? 'other'
}
