import { afterEach, expect, test, vi } from 'vitest'
import { sessionCookie } from './session-cookie'

afterEach(() => vi.unstubAllEnvs())

test('behind a proxy that ends TLS the cookie goes over TLS only, to this host only, and not to scripts', () => {
  vi.stubEnv('CORDON_BASE_URL', 'https://cordon.example.org')
  expect(sessionCookie()).toEqual({
    // a browser takes such a name only with Secure, Path=/ and without Domain (RFC 6265bis, 4.1.3.2)
    name: '__Host-cordon-session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
  })
})
test('without TLS a browser keeps it all the same', () => {
  vi.stubEnv('CORDON_BASE_URL', 'http://localhost:3000')
  expect(sessionCookie()).toMatchObject({
    name: 'cordon-session',
    options: { httpOnly: true, secure: false },
  })
})
