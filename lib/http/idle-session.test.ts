import { workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external'
import { workUnitAsyncStorage } from 'next/dist/server/app-render/work-unit-async-storage.external'
import { RequestCookies } from 'next/dist/server/web/spec-extension/cookies'
import { encode } from 'next-auth/jwt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { admitFromProvider } from '@/lib/access/admit-from-provider'
import { currentActor } from '@/lib/access/current-actor'
import { REFRESH_MARK } from '@/lib/pipeline/refresh-mark'
import { withTestDatabase } from '@/lib/store/test-database'
import { handler } from './handler'

const HOUR = 3_600_000
const COOKIE = 'cordon-session'
const SECRET = 'a secret of tests, long enough for it'
const START = Date.parse('2026-03-02T08:00:00Z')

withTestDatabase()
beforeEach(() => {
  vi.stubEnv('AUTH_SECRET', SECRET)
  vi.stubEnv('OIDC_ISSUER', 'https://login.example.test')
  vi.stubEnv('OIDC_CLIENT_ID', 'cordon')
  vi.stubEnv('OIDC_ROLES', '*=viewer')
  vi.useFakeTimers({ toFake: ['Date'], now: START })
})
afterEach(() => vi.useRealTimers())

/** Signs somebody in; answers their cookie. */
async function signIn(): Promise<string> {
  const profile = {
    iss: 'https://login.example.test',
    sub: 'rana',
    email: 'rana@example.test',
    email_verified: true,
    name: 'Rana',
  }
  const admitted = await admitFromProvider(profile, { address: '192.0.2.1', userAgent: null }, false)
  if ('refusal' in admitted) throw new Error(admitted.refusal)
  const token = { sub: admitted.sessionId }
  return `${COOKIE}=${await encode({ token, secret: SECRET, salt: COOKIE })}`
}

/** Runs what a request of these headers does, as Next runs pages and handlers. */
function asRequest<T>(given: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const headers = new Headers(given)
  const request = { type: 'request', phase: 'render', headers, cookies: new RequestCookies(headers) }
  return workAsyncStorage.run({ route: '/' } as never, () => workUnitAsyncStorage.run(request as never, run))
}

async function ask(byItself: true | undefined, headers: Record<string, string>): Promise<number> {
  const answers = handler({ action: 'view', ...(byItself && { byItself }), run: async () => ({}) })
  const request = new Request('https://cordon.example.test/api/x', { headers })
  return (await asRequest(headers, () => answers(request, { params: Promise.resolve({}) }))).status
}
const openPage = (headers: Record<string, string>) => asRequest(headers, () => currentActor())

/** Whether a session is still open nine hours after it was, in whose fourth hour this was done. */
async function isOpenAfter(act: (cookie: string) => Promise<unknown>): Promise<boolean> {
  vi.setSystemTime(START)
  const cookie = await signIn()
  vi.setSystemTime(START + 4 * HOUR)
  await act(cookie)
  vi.setSystemTime(START + 9 * HOUR)
  return (await openPage({ cookie })) !== null
}

test('what open pages ask by themselves lets a session end, whatever their request says of itself', async () => {
  expect(await isOpenAfter((cookie) => ask(undefined, { cookie }))).toBe(true)
  expect(await isOpenAfter((cookie) => ask(true, { cookie }))).toBe(false)
  expect(await isOpenAfter((cookie) => ask(true, { cookie, 'x-path': '/hosts' }))).toBe(false)
  expect(await isOpenAfter((cookie) => ask(undefined, { cookie, 'x-path': '/api/live' }))).toBe(true)
})
test('a page that refreshes itself is no use of a session; opening one is, and so are an action and a handler, marked or not', async () => {
  const marked = (cookie: string) => ({ cookie: `${cookie}; ${REFRESH_MARK}=1` })
  expect(await isOpenAfter((cookie) => openPage({ cookie }))).toBe(true)
  expect(await isOpenAfter((cookie) => openPage(marked(cookie)))).toBe(false)
  expect(await isOpenAfter((cookie) => openPage({ ...marked(cookie), 'next-action': 'abc' }))).toBe(true)
  expect(await isOpenAfter((cookie) => openPage({ ...marked(cookie), 'sec-fetch-dest': 'document' }))).toBe(
    true,
  )
  expect(await isOpenAfter((cookie) => ask(undefined, marked(cookie)))).toBe(true)
})
