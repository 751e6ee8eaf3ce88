import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { admitFromProvider } from '@/lib/access/admit-from-provider'
import { verifyCredentials } from '@/lib/access/verify-credentials'
import { now } from '@/lib/clock'
import { systemActor } from '@/lib/pipeline/actor'
import { prisma } from '@/lib/store/prisma'
import { findLiveSession } from '@/lib/store/sessions'
import { withTestDatabase } from '@/lib/store/test-database'
import { findAccountLink, inviteAccount, issueAccountLink, useAccountLink } from './account-links'
import { changeAccount } from './change-account'
import { createAccount } from './create-account'
import { examplePerson } from './example-person'

const SYSTEM = systemActor('test')
const PASSWORD = 'a long enough password'
const FROM = { address: '192.0.2.1', userAgent: null }
withTestDatabase()
beforeAll(async () => {
  vi.stubEnv('OIDC_ROLES', 'cn=leads,ou=ir=manager; responders=responder')
  // there is always an administrator
  await examplePerson('First', 'admin')
})
afterAll(async () => {
  vi.unstubAllEnvs()
})

const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''
const signIn = (email: string, password: string) => verifyCredentials({ email, password }, FROM)

test('an invitation lets its person choose a password, once, and is stored hashed', async () => {
  const email = 'invited@example.test'
  const { url } = await inviteAccount(SYSTEM, { email, name: 'Invited', role: 'viewer' })
  const token = tokenOf(url)
  expect(JSON.stringify(await prisma().setupToken.findMany())).not.toContain(token)
  expect(await signIn(email, '')).toEqual({ kind: 'refused' })
  expect(await findAccountLink(token)).toEqual({ name: 'Invited', email })
  await expect(useAccountLink(token, 'short')).rejects.toThrow('at least 12')
  await expect(useAccountLink(token, 'invited@2026')).rejects.toThrow('too easy to guess')
  const uses = await Promise.allSettled([useAccountLink(token, PASSWORD), useAccountLink(token, PASSWORD)])
  expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await signIn(email, PASSWORD)).kind).toBe('signed-in')
  expect(await findAccountLink(token)).toBeNull()
})

test('a password link ends the sessions, an older link and one of a disabled account do nothing', async () => {
  const email = 'forgetful@example.test'
  const id = await createAccount(SYSTEM, { email, name: 'F', role: 'viewer', password: PASSWORD })
  const session = await signIn(email, PASSWORD)
  if (session.kind !== 'signed-in') throw new Error(session.kind)
  const older = tokenOf((await issueAccountLink(SYSTEM, id)).url)
  const newer = tokenOf((await issueAccountLink(SYSTEM, id)).url)
  await expect(useAccountLink(older, 'another long password')).rejects.toThrow('used or is too old')
  expect(await findLiveSession(session.sessionId, now())).not.toBeNull()
  await useAccountLink(newer, 'another long password')
  expect(await findLiveSession(session.sessionId, now())).toBeNull()
  expect((await signIn(email, 'another long password')).kind).toBe('signed-in')
  const last = tokenOf((await issueAccountLink(SYSTEM, id)).url)
  await changeAccount(SYSTEM, id, { kind: 'disable' })
  expect(await findAccountLink(last)).toBeNull()
})

test('a link is void after three days', async () => {
  const { url } = await inviteAccount(SYSTEM, { email: 'late@example.test', name: 'L', role: 'viewer' })
  await prisma().setupToken.updateMany({ data: { expiresAt: new Date(now().getTime() - 1) } })
  await expect(useAccountLink(tokenOf(url), PASSWORD)).rejects.toThrow('used or is too old')
})

const claims = (sub: string, groups: string[], email = `${sub}@example.test`) => ({
  iss: 'https://id.example.test',
  sub,
  email,
  name: `Name ${sub}`,
  groups,
})
async function admittedAs(...given: Parameters<typeof claims>) {
  const admitted = await admitFromProvider(claims(...given), FROM)
  if ('refusal' in admitted) return admitted.refusal
  const session = await findLiveSession(admitted.sessionId, now())
  return session && { role: session.actor.role, email: session.actor.email, method: session.method }
}

test('whom a provider vouches for gets an account at first, and the role of their groups each time', async () => {
  const email = 'rita@example.test'
  expect(await admittedAs('rita', ['responders', 'others'])).toEqual({
    role: 'responder',
    email,
    method: 'oidc',
  })
  expect(await admittedAs('rita', ['responders', 'cn=leads,ou=ir'])).toMatchObject({ role: 'manager', email })
  expect(await prisma().account.count({ where: { email } })).toBe(1)
  const audited = await prisma().auditEntry.findMany({ where: { action: 'account-role-changed' } })
  expect(audited.length).toBe(1)
})

test('an e-mail address that the provider has not verified makes no account', async () => {
  const unverified = { ...claims('mallory', ['responders'], 'boss@example.test'), email_verified: false }
  expect(await admitFromProvider(unverified, FROM)).toEqual({ refusal: 'no-email' })
  expect(await prisma().account.count({ where: { email: 'boss@example.test' } })).toBe(0)
  expect(await admitFromProvider({ ...unverified, email_verified: 'true' }, FROM)).toHaveProperty('sessionId')
})

test('a provider that lets somebody in without asking, or does not say when it asked, gives no fresh proof of who they are', async () => {
  const seconds = Math.floor(now().getTime() / 1000)
  const freshAfter = async (said: { auth_time?: number }, toProve = false) => {
    const admitted = await admitFromProvider({ ...claims('sso', ['responders']), ...said }, FROM, toProve)
    if ('refusal' in admitted) return admitted.refusal
    const session = await findLiveSession(admitted.sessionId, now())
    return session !== null && session.freshUntil > now()
  }
  expect(await freshAfter({ auth_time: seconds - 86_400 })).toBe(false)
  expect(await freshAfter({ auth_time: seconds + 60 })).toBe(true)
  expect(await freshAfter({})).toBe(false)
  // it was asked to ask
  expect(await freshAfter({ auth_time: seconds - 86_400 }, true)).toBe('no-proof')
  expect(await freshAfter({}, true)).toBe('no-proof')
  expect(await freshAfter({ auth_time: seconds }, true)).toBe(true)
  vi.stubEnv('OIDC_PROMPT_PROVES', '1')
  expect(await freshAfter({}, true)).toBe(true)
  expect(await freshAfter({})).toBe(false)
  expect(await freshAfter({ auth_time: seconds - 86_400 }, true)).toBe('no-proof')
})

test('without a group that has a role nobody gets in, and no account is made', async () => {
  expect(await admittedAs('nobody', ['others'])).toBe('no-role')
  expect(await prisma().account.count({ where: { email: 'nobody@example.test' } })).toBe(0)
})

test('who loses the groups that had a role loses the sessions that came of them', async () => {
  const admitted = await admitFromProvider(claims('leaver', ['responders']), FROM)
  const sessionId = 'sessionId' in admitted ? admitted.sessionId : ''
  expect(await findLiveSession(sessionId, now())).not.toBeNull()
  const turnedAway = async () => await admittedAs('leaver', ['others'])
  expect([await turnedAway(), await turnedAway()]).toEqual(['no-role', 'no-role'])
  expect(await findLiveSession(sessionId, now())).toBeNull()
  const email = 'leaver@example.test'
  expect(await prisma().account.findUniqueOrThrow({ where: { email } })).toMatchObject({ role: 'viewer' })
  expect(await prisma().auditEntry.count({ where: { action: 'account-signed-out' } })).toBe(1)
  expect(await admitFromProvider(claims('leaver', ['responders']), FROM)).toHaveProperty('sessionId')
  expect(await prisma().account.findUniqueOrThrow({ where: { email } })).toMatchObject({ role: 'responder' })
})

test('a provider’s word about an e-mail address takes over no account that was made here', async () => {
  const email = 'local@example.test'
  await createAccount(SYSTEM, { email, name: 'Local', role: 'admin', password: PASSWORD })
  expect(await admittedAs('attacker', ['responders'], email)).toBe('address-taken')
  expect((await signIn(email, PASSWORD)).kind).toBe('signed-in')
})

test('who was disabled here stays out, whatever the provider says', async () => {
  await admittedAs('dora', ['responders'])
  const { id } = await prisma().account.findUniqueOrThrow({ where: { email: 'dora@example.test' } })
  await changeAccount(SYSTEM, id, { kind: 'disable' })
  expect(await admittedAs('dora', ['responders'])).toBe('disabled')
})
