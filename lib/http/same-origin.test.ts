import { afterAll, expect, test, vi } from 'vitest'
import { isSameOrigin } from './same-origin'

vi.stubEnv('CORDON_BASE_URL', 'https://cordon.example')
afterAll(() => vi.unstubAllEnvs())

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://cordon.example' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, true],
  [{ origin: 'https://cordon.example', host: 'internal:3000' }, true],
  [{ origin: 'https://evil.example', host: 'cordon.example' }, false],
  [{ origin: 'https://cordon.example.evil.example', host: 'cordon.example' }, false],
  [{ origin: 'null', host: 'cordon.example' }, false],
  [{ host: 'cordon.example' }, false],
])('%j is of our own pages: %s', (headers, own) => {
  expect(isSameOrigin(new Headers(headers as Record<string, string>))).toBe(own)
})
