/** Segments that stand in our addresses as they are; anything else is an id, a name, or somebody's guess. */
const WORDS = new Set([
  ...[
    'attempts',
    'audit',
    'binaries',
    'decisions',
    'deviations',
    'executions',
    'hosts',
    'imports',
    'incidents',
  ],
  ...['policies', 'reports', 'settings', 'setup', 'sigma', 'sign-in', 'rejections', 'icon.svg'],
  ...['accounts', 'host-groups', 'keys', 'notifications', 'status', 'tuning'],
  ...[
    'api',
    'auth',
    'catalogue',
    'collector',
    'elasticsearch',
    'events',
    'exports',
    'health',
    'ingest',
    'metrics',
  ],
  ...[
    'openapi.json',
    'preview',
    'load',
    'resumable',
    'search',
    'services',
    'session',
    'splunk',
    'uploads',
    'v1',
  ],
  ...['_bulk', 'event', 'raw', 'callback', 'signin', 'signout', 'csrf', 'providers'],
])
const MAX_SEGMENTS = 5

/** A request's address as a label: '/deviations/123?x=1' → '/deviations/:id'. However many addresses are tried, the labels stay few. */
export function toRoute(url: string): string {
  const path = url.split('?', 1)[0] ?? '/'
  if (path.startsWith('/_next/')) return '/_next'
  const segments = path.split('/').filter(Boolean)
  const [first] = segments
  if (first === undefined) return '/'
  if (!WORDS.has(first)) return 'other'
  return `/${segments
    .slice(0, MAX_SEGMENTS)
    .map((segment) => (WORDS.has(segment) ? segment : ':id'))
    .join('/')}`
}
