import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ACTIONS, HANDLERS, type HandlerNeed, type Need, PAGES } from '@/lib/access/entrances'
import { KEY_SCOPES, type KeyScope, ROLES, type Role } from '@/lib/pipeline/actor'
import { actorMay, may } from '@/lib/pipeline/decision/permissions'
import { sharedKey } from './keys'
import { expect, test } from './test'

test.describe.configure({ mode: 'serial' })

/** Ids that nothing has: whoever may ask is told that there is no such thing. */
const NOWHERE = '00000000-0000-4000-8000-000000000000'
const PARAMETERS: Record<string, string> = { slug: 'no-such.exe', name: 'use.csv', host: '1', at: '1' }
const FILLED = (address: string) =>
  address
    .replaceAll(/\[\[\.\.\.\w+\]\]/g, 'health')
    .replaceAll(/\[\.\.\.nextauth\]/g, 'session')
    .replaceAll(/\[\.\.\.\w+\]/g, '_license')
    .replaceAll(/\[(\w+)\]/g, (_, name: string) => PARAMETERS[name] ?? NOWHERE)

const keys = {} as Record<KeyScope, string>
/** The cookies of a session, by role. */
const sessions = {} as Record<Role, string>

test('everybody who could ask is there to ask', async ({ signInAs }) => {
  const admin = await signInAs('admin')
  for (const scope of KEY_SCOPES) keys[scope] = await sharedKey(admin, scope)
  for (const role of ROLES) {
    const cookies = await (await signInAs(role)).context().cookies()
    sessions[role] = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }
})

/** The answer's status; its body, which may never end, is not waited for. */
async function ask(url: string, headers: Record<string, string>, init: RequestInit = {}): Promise<number> {
  const abort = new AbortController()
  const answer = await fetch(url, { ...init, headers, redirect: 'manual', signal: abort.signal })
  abort.abort()
  // the answer to an action that leads elsewhere carries the page that it leads to
  return answer.headers.has('x-action-redirect') ? 303 : answer.status
}

/** The answers to one request, by whoever asks: nobody, each role, each key. */
async function answers(url: string, headers: Record<string, string>, init: RequestInit = {}) {
  const statuses: Record<string, number> = { nobody: await ask(url, headers, init) }
  for (const role of ROLES) statuses[role] = await ask(url, { ...headers, cookie: sessions[role] }, init)
  for (const scope of KEY_SCOPES)
    statuses[`${scope} key`] = await ask(url, { ...headers, authorization: `Bearer ${keys[scope]}` }, init)
  return statuses
}

const actorOf = (scope: KeyScope) =>
  ({ kind: 'key', keyId: '', name: '', keyScopes: [scope], scope: { kind: 'all' } }) as const

/** What each is told: whether it gets in, and if not, how it is refused. */
function outcomes(
  need: Need,
  by: { sessions: boolean; keys: boolean },
  stranger: 'refused' | 'sent to sign in',
) {
  const free = need === 'anybody'
  const told = (allowed: boolean) => (allowed ? 'let in' : 'forbidden')
  return {
    nobody: free ? 'let in' : stranger,
    ...Object.fromEntries(
      ROLES.map((role) => [role, free ? 'let in' : by.sessions ? told(may(role, need)) : stranger]),
    ),
    ...Object.fromEntries(
      KEY_SCOPES.map((scope) => [
        `${scope} key`,
        free ? 'let in' : by.keys ? told(actorMay(actorOf(scope), need)) : stranger,
      ]),
    ),
  }
}

function outcomesOf(need: HandlerNeed): Record<string, string> {
  if (typeof need === 'string') return outcomes(need, { sessions: true, keys: true }, 'refused')
  if ('byKey' in need) return outcomes(need.byKey, { sessions: false, keys: true }, 'refused')
  const expected = outcomes(need.bySession, { sessions: true, keys: false }, 'refused')
  // a key is known here, and told that it is not meant
  return { ...expected, ...Object.fromEntries(KEY_SCOPES.map((scope) => [`${scope} key`, 'forbidden'])) }
}

function toOutcome(status: number): string {
  if (status === 401) return 'refused'
  if (status === 403) return 'forbidden'
  if (status === 303 || status === 307) return 'sent to sign in'
  return status < 500 ? 'let in' : `failed with ${status}`
}
const toOutcomes = (statuses: Record<string, number>) =>
  Object.fromEntries(Object.entries(statuses).map(([who, status]) => [who, toOutcome(status)]))

for (const [address, need] of Object.entries(PAGES)) {
  test(`${address} opens to whom the table says`, async ({ baseURL }) => {
    const statuses = await answers(`${baseURL}${FILLED(address)}`, { accept: 'text/html' })
    // who has a session has no need to sign in, and goes home
    const expected = outcomes(need, { sessions: true, keys: false }, 'sent to sign in')
    const home =
      address === '/sign-in' ? Object.fromEntries(ROLES.map((role) => [role, 'sent to sign in'])) : {}
    // a shipper at the root names its key: next.config.ts
    const shippers =
      address === '/' ? Object.fromEntries(KEY_SCOPES.map((s) => [`${s} key`, 'sent to sign in'])) : {}
    expect(toOutcomes(statuses)).toEqual({ ...expected, ...home, ...shippers })
  })
}

for (const [entrance, need] of Object.entries(HANDLERS)) {
  const [method = 'GET', address = ''] = entrance.split(' ')
  // the library of sign-in answers forms without their token by sending the browser elsewhere
  if (entrance === 'POST /api/auth/[...nextauth]') continue
  test(`${entrance} answers whom the table says`, async ({ baseURL }) => {
    const statuses = await answers(`${baseURL}${FILLED(address)}`, { origin: baseURL ?? '' }, { method })
    expect(toOutcomes(statuses)).toEqual(outcomesOf(need))
  })
}

test('the table lists all that was built: pages, handlers and actions', () => {
  const built = JSON.parse(
    readFileSync(path.join(newestBuild(), '.next/app-path-routes-manifest.json'), 'utf8'),
  )
  const addresses = (kind: string) =>
    Object.entries(built as Record<string, string>)
      .filter(([file]) => file.endsWith(`/${kind}`) && !file.startsWith('/_'))
      .map(([, address]) => address)
      .filter((address) => address !== '/icon.svg')
  expect(addresses('page').sort()).toEqual(Object.keys(PAGES).sort())
  const handled = new Set(Object.keys(HANDLERS).map((entrance) => entrance.split(' ')[1]))
  expect(
    addresses('route')
      .map((address) => address.replaceAll('%5F', '_'))
      .sort(),
  ).toEqual([...handled].sort())
  expect(
    builtActions()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(ACTIONS).sort())
})

test('no action runs for whom the table does not name', async ({ baseURL }) => {
  for (const { id, name, page } of builtActions()) {
    const need = ACTIONS[name]
    if (need === undefined || need === 'anybody') continue
    const headers = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', origin: baseURL ?? '' }
    const call = (more: Record<string, string>) =>
      ask(`${baseURL}${page}`, { ...headers, ...more }, { method: 'POST', body: '[]' })
    expect(toOutcome(await call({})), `${name} as nobody`).toBe('sent to sign in')
    for (const role of ROLES.filter((one) => !may(one, need)))
      expect(toOutcome(await call({ cookie: sessions[role] })), `${name} as ${role}`).toBe('forbidden')
  }
})

/** The pages that this run is served from: the build that was used last. */
function newestBuild(): string {
  const builds = readdirSync('dist')
    .filter((name) => name.startsWith('web-'))
    .map((name) => path.join('dist', name))
  const [newest] = builds.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  if (newest === undefined) throw new Error('There is no build.')
  return newest
}

/** The server actions that pages may call, as Next lists them for itself. */
function builtActions(): { id: string; name: string; page: string }[] {
  const manifest = JSON.parse(
    readFileSync(path.join(newestBuild(), '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }> }
  return Object.entries(manifest.node).map(([id, { filename, exportedName, workers }]) => ({
    id,
    name: `${filename.replace(/^app\//, '').replace(/\.tsx?$/, '')} ${exportedName}`,
    page: FILLED(toAddress(Object.keys(workers)[0] ?? '')),
  }))
}

/** 'app/(app)/hosts/[id]/page' → '/hosts/[id]' */
function toAddress(worker: string): string {
  return (
    worker
      .replace(/^app/, '')
      .replaceAll(/\/\([^/]*\)/g, '')
      .replace(/\/page$/, '') || '/'
  )
}
