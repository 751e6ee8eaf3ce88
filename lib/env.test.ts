import { expect, test, vi } from 'vitest'
import { wrongEnvironment } from './env'

test('what starts is told of every variable that is wrong, and of none that is missing or right', () => {
  for (const [name, value] of Object.entries({
    CORDON_STATEMENT_SECONDS: 'soon',
    OIDC_ROLES: 'leads',
    CORDON_TRUST_PROXY: '1',
    DATABASE_URL: undefined,
  }))
    vi.stubEnv(name, value)
  const wrong = wrongEnvironment()
  expect(wrong).toContain('CORDON_STATEMENT_SECONDS must be a number')
  expect(wrong).toContain('OIDC_ROLES must be like "group=role;group=role"')
  expect(wrong).not.toMatch(/TRUST_PROXY|DATABASE_URL/)
  vi.unstubAllEnvs()
  expect(wrongEnvironment()).toBeNull()
})
