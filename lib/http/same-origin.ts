import { baseUrl } from '@/lib/env'

/** Whether a request with this method may change something. */
export function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

/**
 * Whether one of our own pages sent this, as the browser tells it: Sec-Fetch-Site, or Origin where an address without TLS has the browser
 * leave that out. What says neither is no page of ours.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  if (origin === null || !URL.canParse(origin)) return false
  const { host } = new URL(origin)
  // a proxy may hand on another Host than the one that people see
  return host === headers.get('host') || host === new URL(baseUrl()).host
}
