import { env } from '@/lib/env'

/**
 * The address that a request came from: what the outermost of our proxies saw (CORDON_TRUST_PROXY), else the connection's own, which
 * Next writes into X-Forwarded-For once the client's is taken out (lib/http/distrust-forwarded.ts).
 */
export function clientAddress(headers: Headers): string {
  const hops = Math.max(1, env('CORDON_TRUST_PROXY'))
  return headers.get('x-forwarded-for')?.split(',').at(-hops)?.trim() || 'unknown'
}
