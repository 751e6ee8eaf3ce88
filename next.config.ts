import type { NextConfig } from 'next'

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
]
/** Pages have theirs from proxy.ts; what a handler answers is data, and runs nothing wherever it is opened. */
const DATA_POLICY = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; frame-ancestors 'none'; sandbox",
}

/** Nothing of it is for anybody to keep, refusals included; what says otherwise says so itself. */
const DATA_CACHING = { key: 'Cache-Control', value: 'no-store' }

/** What shippers ask a cluster before they send: see app/api/ingest/elasticsearch/[...path]. */
const SETUP =
  '_license|_xpack|_ilm|_index_template|_component_template|_template|_ingest|_nodes|_alias|_data_stream'

/** A shipper at `/`, which to a browser is the overview: it names its key, or asks for JSON. The pages' own requests do neither, or say what they are. */
const AT_THE_ROOT = [
  { type: 'header', key: 'authorization' } as const,
  { type: 'header', key: 'accept', value: '.*application/(json|vnd\\.elasticsearch\\+json).*' } as const,
].map((has) => ({
  source: '/',
  has: [has],
  missing: [
    { type: 'header', key: 'accept', value: '.*text/html.*' } as const,
    { type: 'header', key: 'rsc' } as const,
    { type: 'header', key: 'next-action' } as const,
  ],
  destination: '/api/ingest/elasticsearch',
}))

/** Shippers insist on their paths at the root. proxy.ts leaves out those that carry bodies. */
const SHIPPERS = [
  ...AT_THE_ROOT,
  ...['/_bulk', '/:index/_bulk', `/:setup(${SETUP})/:rest*`, '/:kind(_cluster|_cat)/health'].map(
    (source) => ({
      source,
      destination: `/api/ingest/elasticsearch${source.replace(/\(.*?\)/, '')}`,
    }),
  ),
  { source: '/services/collector/:rest*', destination: '/api/ingest/splunk/services/collector/:rest*' },
]

/** What browsers ask for where they have not come to a page's own icon yet. */
const ICON = { source: '/favicon.ico', destination: '/icon.svg' }

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pdfmake',
    'pg-copy-streams',
    'pino',
    'prom-client',
  ],
  // no image service (and no sharp): the pages show charts and text
  images: { unoptimized: true },
  // shippers ask for PATH/ as for PATH, and few follow a redirect
  skipTrailingSlashRedirect: true,
  // `npm test` checks types on its own; a start from a clone should not pay for it again
  typescript: { ignoreBuildErrors: true },
  experimental: {
    authInterrupts: true,
    // most builds are the first and only one of a folder: what the next could use of it takes hundreds of megabytes to write
    turbopackFileSystemCacheForBuild: false,
    // what proxy.ts sees is held in memory, of strangers too: pages take forms and actions, which are refused beyond 1 MB
    proxyClientMaxBodySize: '1100kb',
  },
  rewrites: async () => ({ beforeFiles: [...SHIPPERS, ICON], afterFiles: [], fallback: [] }),
  headers: async () => [
    { source: '/:path*', headers: SECURITY_HEADERS },
    { source: '/api/:path*', headers: [DATA_POLICY, DATA_CACHING] },
  ],
}
export default config
