import { type NextRequest, NextResponse } from 'next/server'
import { baseUrl, env } from '@/lib/env'
import { isSameOrigin, isWrite } from '@/lib/http/same-origin'

const TWO_YEARS = 2 * 365 * 86_400

/**
 * Gives each page its Content-Security-Policy nonce and its path, and refuses what another site's page makes a browser send.
 * Authentication is the pages' and handlers' own.
 */
export function proxy(request: NextRequest): NextResponse {
  if (isWrite(request.method) && !isForShippers(request) && !isSameOrigin(request.headers))
    return new NextResponse('This request came from another site.', { status: 403 })
  const address = pageAddress(request)
  if (address !== null) return NextResponse.redirect(address, 308)
  const nonce = btoa(crypto.randomUUID())
  const secure = baseUrl().startsWith('https://')
  const policy = contentSecurityPolicy(nonce, secure)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  if (secure) response.headers.set('Strict-Transport-Security', `max-age=${TWO_YEARS}`)
  return response
}

/** Pages have one address; what shippers ask for has two, with a slash at its end and without (next.config.ts). Null where it is the page's own. */
function pageAddress({ nextUrl: { pathname }, url }: NextRequest): URL | null {
  if (pathname === '/' || !pathname.endsWith('/') || pathname.startsWith('/_')) return null
  const address = new URL(url)
  // two slashes would begin another site's address
  address.pathname = `/${pathname.replace(/^\/+|\/+$/g, '')}`
  return address
}

/** What shippers set up at the root (next.config.ts) is answered to keys alone, which no browser adds by itself; with a cookie it is a browser's. */
function isForShippers({ nextUrl, headers }: NextRequest): boolean {
  return nextUrl.pathname.startsWith('/_') && !headers.has('cookie')
}

function contentSecurityPolicy(nonce: string, secure: boolean): string {
  // the development server evaluates its modules, and its overlay adds style elements
  const development = env('NODE_ENV') === 'development'
  const scripts = `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`
  const styles = development ? "'unsafe-inline'" : `'nonce-${nonce}'`
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    `style-src 'self' ${styles}`,
    // charts and virtual rows position by style attributes
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Paths that take bodies are left out, at the root too: the proxy buffers request bodies and silently cuts them (next.config.ts). */
export const config = {
  matcher: [
    // an index named by date math, <name-{now/d}>, has a slash of its own
    '/((?!api/|_bulk/?$|[^/]+/_bulk/?$|(?:<|%3C|%3c).*/_bulk/?$|services/collector(?:/|$)|_next/static/|_next/image|favicon\\.ico$).*)',
  ],
}
