import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env'

/** Gives each page its Content-Security-Policy nonce and its path. Authentication is the pages' and handlers' own. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
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
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Paths that take bodies are left out, at the root too (next.config.ts): the proxy buffers request bodies and silently cuts them at 10 MB. */
export const config = {
  matcher: ['/((?!api/|_bulk$|.*/_bulk$|services/collector(?:/|$)|_next/static|_next/image|favicon.ico).*)'],
}
