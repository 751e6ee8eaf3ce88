import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { proveIdentity } from '@/lib/access/prove-identity'
import { verifyCode } from '@/lib/access/verify-code'
import { verifyCredentials } from '@/lib/access/verify-credentials'
import { now } from '@/lib/clock'
import { type Role, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { findLiveSession, type LiveSession } from '@/lib/store/sessions'
import { withTestDatabase } from '@/lib/store/test-database'
import { changeAccessPolicy } from './change-access-policy'
import { changeAccount } from './change-account'
import { createAccount } from './create-account'
import { examplePerson } from './example-person'
import { beginTwoStep, confirmTwoStep, endTwoStep, renewRecoveryCodes } from './two-step'

const SYSTEM = systemActor('test')
const PASSWORD = 'a long enough password'
const ADDRESS = '192.0.2.1'
const FROM = { address: ADDRESS, userAgent: null }
const POLICY = { twoStepRoles: [], idleMinutes: 480, sessionHours: 168, freshMinutes: 10 }
const MINUTE = 60_000
withTestDatabase()
beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of at least thirty-two characters')
  // there is always an administrator
  await examplePerson('First', 'admin')
})
afterAll(async () => {
  vi.unstubAllEnvs()
})

let made = 0
async function addPerson(role: Role = 'viewer') {
  made += 1
  const email = `person${made}@example.test`
  const id = await createAccount(SYSTEM, { email, name: `Person ${made}`, role, password: PASSWORD })
  return { id, email }
}
const signIn = (email: string, code = '') => verifyCredentials({ email, password: PASSWORD, code }, FROM)
async function sessionOf(email: string, code = ''): Promise<LiveSession> {
  const result = await signIn(email, code)
  if (result.kind !== 'signed-in') throw new Error(result.kind)
  const session = await findLiveSession(result.sessionId, now())
  if (!session) throw new Error('no session')
  return session
}
const codeAt = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: now().getTime() + steps * 30_000 })

/** An account with an authenticator; the code of the step before is used up by setting it up. */
async function addTwoStepPerson(role: Role = 'viewer') {
  const person = await addPerson(role)
  const session = await sessionOf(person.email)
  const { secret } = await beginTwoStep(session)
  const used = codeAt(secret, -1)
  const recovery = await confirmTwoStep(session.actor, session.sessionId, used, ADDRESS)
  return { ...person, session, secret, recovery, used }
}

test('with an authenticator neither the password alone, nor a wrong code, nor a code seen before signs in', async () => {
  const { email, secret, used } = await addTwoStepPerson()
  expect(await signIn(email)).toEqual({ kind: 'refused' })
  expect(await signIn(email, '000000')).toEqual({ kind: 'refused' })
  expect(await signIn(email, used)).toEqual({ kind: 'refused' })
  const code = codeAt(secret)
  expect((await signIn(email, code)).kind).toBe('signed-in')
  expect(await signIn(email, code)).toEqual({ kind: 'refused' })
})

test('what is asked of the database tells nobody whether a password was right, nor whether there is such an account', async () => {
  const { email } = await addTwoStepPerson()
  const without = await addPerson()
  const one = await pool().connect()
  const connections: Pick<typeof one, 'query'> = Object.getPrototypeOf(one)
  one.release()
  const asked = async (address: string, password: string) => {
    const spy = vi.spyOn(connections, 'query')
    expect(await verifyCredentials({ email: address, password, code: '' }, FROM)).toEqual({ kind: 'refused' })
    const statements = spy.mock.calls.map(([query]) => String((query as { text?: string }).text ?? query))
    spy.mockRestore()
    return statements.filter((statement) => !statement.startsWith('SET '))
  }
  const right = await asked(email, PASSWORD)
  expect(right.length).toBeGreaterThan(3)
  expect(await asked(email, 'not this password')).toEqual(right)
  expect(await asked(without.email, 'not this password')).toEqual(right)
  expect(await asked('nobody@example.test', 'not this password')).toEqual(right)
})

test('a code that is sent many times at once signs in once', async () => {
  const { email, secret } = await addTwoStepPerson()
  const code = codeAt(secret)
  const results = await Promise.all(Array.from({ length: 6 }, () => signIn(email, code)))
  expect(results.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1)
})

test('a recovery code stands in once, however it is typed, and renewing voids the others', async () => {
  const { email, session, recovery } = await addTwoStepPerson()
  const [first = '', second = ''] = recovery
  expect((await signIn(email, first.toUpperCase().replaceAll('-', ' '))).kind).toBe('signed-in')
  expect(await signIn(email, first)).toEqual({ kind: 'refused' })
  await renewRecoveryCodes(session.actor)
  expect(await signIn(email, second)).toEqual({ kind: 'refused' })
})

test('secret and recovery codes are nowhere in the database as they are', async () => {
  const { id, secret, recovery } = await addTwoStepPerson()
  const stored = JSON.stringify([
    await prisma().account.findMany(),
    await prisma().recoveryCode.findMany({ where: { accountId: id } }),
  ])
  for (const text of [secret, ...recovery]) expect(stored).not.toContain(text)
})

test('a secret that was put into another account’s row opens nothing there', async () => {
  const { id, secret } = await addTwoStepPerson()
  const other = await addTwoStepPerson()
  const { totpSecret } = await prisma().account.findUniqueOrThrow({ where: { id } })
  await prisma().account.update({ where: { id: other.id }, data: { totpSecret, totpStep: null } })
  expect(await signIn(other.email, codeAt(secret))).toEqual({ kind: 'refused' })
})

test('a secret counts only once a code of it was given', async () => {
  const { email } = await addPerson()
  const session = await sessionOf(email)
  const { actor, sessionId } = session
  await beginTwoStep(session)
  await expect(confirmTwoStep(actor, sessionId, '000000', ADDRESS)).rejects.toThrow('not the code')
  expect((await signIn(email)).kind).toBe('signed-in')
})

test('a set-up that was left half done gives no recovery codes to whoever tries codes', async () => {
  const { email } = await addPerson()
  const session = await sessionOf(email)
  const { actor, sessionId } = session
  const { secret } = await beginTwoStep(session)
  const address = '198.51.100.7'
  for (let attempt = 0; attempt < 10; attempt += 1)
    await expect(confirmTwoStep(actor, sessionId, '000000', address)).rejects.toThrow('not the code')
  await expect(confirmTwoStep(actor, sessionId, codeAt(secret), address)).rejects.toMatchObject({
    code: 'busy',
  })
})

test('where an authenticator counts, setting one up says nothing of its codes', async () => {
  const { session, secret } = await addTwoStepPerson()
  for (const code of [codeAt(secret), '000000'])
    await expect(confirmTwoStep(session.actor, session.sessionId, code, ADDRESS)).rejects.toMatchObject({
      code: 'conflict',
    })
})

test('an administrator’s reset ends the sessions and lets the password sign in', async () => {
  const { id, email, session } = await addTwoStepPerson()
  await changeAccount(SYSTEM, id, { kind: 'reset-two-step' })
  expect(await findLiveSession(session.sessionId, now())).toBeNull()
  expect((await sessionOf(email)).owesTwoStep).toBe(false)
})

test('where a role needs the second step, who has none owes it and who has one cannot remove it', async () => {
  const [without, having] = [await addPerson('manager'), await addTwoStepPerson('manager')]
  await changeAccessPolicy(SYSTEM, { ...POLICY, twoStepRoles: ['manager'] })
  expect((await sessionOf(without.email)).owesTwoStep).toBe(true)
  expect((await sessionOf(having.email, codeAt(having.secret))).owesTwoStep).toBe(false)
  await expect(endTwoStep(having.session.actor)).rejects.toThrow('needs the second step')
  await changeAccessPolicy(SYSTEM, POLICY)
  await endTwoStep(having.session.actor)
  expect((await signIn(having.email)).kind).toBe('signed-in')
})

test('whoever finds a browser left open adds no authenticator of their own, not even where the role has to have one since', async () => {
  const { email } = await addPerson('manager')
  const { sessionId } = await sessionOf(email)
  const session = async () => {
    const found = await findLiveSession(sessionId, now())
    if (!found) throw new Error('no session')
    return found
  }
  await prisma().session.update({ where: { id: sessionId }, data: { provedAt: new Date(0) } })
  await expect(beginTwoStep(await session())).rejects.toMatchObject({ code: 'stale-session' })
  await changeAccessPolicy(SYSTEM, { ...POLICY, twoStepRoles: ['manager'] })
  expect((await session()).owesTwoStep).toBe(true)
  await expect(beginTwoStep(await session())).rejects.toMatchObject({ code: 'stale-session' })
  await proveIdentity(await session(), PASSWORD, '192.0.2.10')
  expect(await beginTwoStep(await session())).toMatchObject({ secret: expect.any(String) })
  await changeAccessPolicy(SYSTEM, POLICY)
})

test('a proof of who somebody is holds for the minutes that were set, and the password or a code renews it', async () => {
  const { secret, session } = await addTwoStepPerson()
  expect(session.freshUntil.getTime() - now().getTime()).toBeGreaterThan(8 * MINUTE)
  await prisma().session.update({ where: { id: session.sessionId }, data: { provedAt: new Date(0) } })
  const fresh = async () => ((await findLiveSession(session.sessionId, now()))?.freshUntil ?? 0) > now()
  expect(await fresh()).toBe(false)
  await expect(proveIdentity(session, 'not this', '192.0.2.9')).rejects.toThrow('not right')
  expect(await fresh()).toBe(false)
  await proveIdentity(session, codeAt(secret), '192.0.2.9')
  expect(await fresh()).toBe(true)
  await expect(proveIdentity(session, codeAt(secret), '192.0.2.9')).rejects.toThrow('not right')
  await proveIdentity(session, PASSWORD, '192.0.2.9')
})

test('a clock put ahead by a day ends sessions, put back by an hour it makes no proof last longer and no code count twice', async () => {
  const { id, session, secret, recovery } = await addTwoStepPerson()
  const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * MINUTE)
  const at = async (minutes: number) => await findLiveSession(session.sessionId, inMinutes(minutes))
  expect(await at(24 * 60)).toBeNull()
  // right again, and nobody has to sign in anew
  expect(await at(0)).not.toBeNull()
  const [hourBefore, justBefore] = [await at(-60), await at(-5)]
  expect((hourBefore?.freshUntil ?? 0) > inMinutes(-60)).toBe(false)
  expect((justBefore?.freshUntil ?? 0) > inMinutes(-5)).toBe(true)

  const account = await prisma().account.findUniqueOrThrow({ where: { id } })
  expect(await verifyCode(account, codeAt(secret), now())).toBe(true)
  expect(await verifyCode(account, codeAt(secret, -120), inMinutes(-60))).toBe(false)
  // a way in for as long as the clock is behind
  expect(await verifyCode(account, recovery[0] ?? '', inMinutes(-60))).toBe(true)
  expect(await verifyCode(account, codeAt(secret, 1), inMinutes(0.5))).toBe(true)
})

test('a shorter life that an administrator sets ends the sessions that are open', async () => {
  const { sessionId } = await sessionOf((await addPerson()).email)
  const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * MINUTE)
  expect(await findLiveSession(sessionId, inMinutes(6))).not.toBeNull()
  await changeAccessPolicy(SYSTEM, { ...POLICY, idleMinutes: 5 })
  expect(await findLiveSession(sessionId, inMinutes(20))).toBeNull()
  await changeAccessPolicy(SYSTEM, { ...POLICY, sessionHours: 1 })
  expect(await findLiveSession(sessionId, inMinutes(62))).toBeNull()
  await changeAccessPolicy(SYSTEM, POLICY)
})
