import { expect, test, vi } from 'vitest'
import { wrongEnvironment } from './env'

test('what starts is told of every variable that is wrong, and of none that is missing or right', () => {
  for (const [name, value] of Object.entries({
    CORDON_STATEMENT_SECONDS: 'soon',
    OIDC_ROLES: 'leads',
    CORDON_TRUST_PROXY: '1',
    CORDON_WEBHOOK_PRIVATE: '10.0.0.0/8, intranet',
    OIDC_ISSUER: 'login.example.org',
    DATABASE_URL: undefined,
  }))
    vi.stubEnv(name, value)
  const wrong = wrongEnvironment()
  expect(wrong).toContain('CORDON_STATEMENT_SECONDS must be a number')
  expect(wrong).toContain('OIDC_ROLES must be like "group=role;group=role"')
  expect(wrong).toContain('CORDON_WEBHOOK_PRIVATE must be ranges')
  expect(wrong).toContain('OIDC_ISSUER must be a URL')
  expect(wrong).toContain('OIDC_CLIENT_ID must be set')
  expect(wrong).not.toMatch(/TRUST_PROXY|DATABASE_URL/)
  vi.unstubAllEnvs()
  expect(wrongEnvironment()).toBeNull()
})

test('people reach the pages at a host of their own: a base URL with a path, a password or another scheme is refused', () => {
  for (const wrong of [
    'https://x.example/cordon',
    'https://me:pw@x.example',
    'https://x.example/?a=1',
    'ftp://x.example',
    'javascript:1',
    'x.example',
  ]) {
    vi.stubEnv('CORDON_BASE_URL', wrong)
    expect(wrongEnvironment(), wrong).toContain('CORDON_BASE_URL must')
  }
  for (const right of ['https://x.example', 'http://localhost:3000/', 'https://[::1]:8443']) {
    vi.stubEnv('CORDON_BASE_URL', right)
    expect(wrongEnvironment(), right).toBeNull()
  }
  vi.unstubAllEnvs()
})
