import { baseUrl } from '@/lib/env'

/** Whether people reach the pages over TLS: by the base URL, for a proxy ends it before us. */
export function overTls(): boolean {
  return baseUrl().startsWith('https://')
}

/** The session's cookie is sent to this host alone; over TLS a browser refuses any other use of its name. */
export function sessionCookie() {
  const secure = overTls()
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure }
  return { name: secure ? '__Host-cordon-session' : 'cordon-session', options }
}
