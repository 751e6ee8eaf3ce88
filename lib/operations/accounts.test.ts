import { describe, expect, test } from 'vitest'
import { actorFromKey } from '@/lib/access/actor-from-key'
import { verifyCredentials } from '@/lib/access/verify-credentials'
import { now } from '@/lib/clock'
import { type Role, systemActor } from '@/lib/pipeline/actor'
import type { AccountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { findLiveSession } from '@/lib/store/sessions'
import { withTestDatabase } from '@/lib/store/test-database'
import { inviteAccount, issueAccountLink } from './account-links'
import { createApiKey, revokeApiKey } from './api-keys'
import { changeAccount } from './change-account'
import { changeOwnPassword } from './change-own-account'
import { createAccount } from './create-account'
import { endSession } from './end-session'
import { createFirstAdmin, ensureFirstAdmin, isSetupTokenValid } from './first-run'
import { assignHosts } from './host-groups'

const SYSTEM = systemActor('test')
const PASSWORD = 'a long enough password'
const HOUR = 3_600_000
const FROM = { address: '192.0.2.1', userAgent: 'test' }
withTestDatabase()

let made = 0
async function addAccount(role: Role): Promise<{ id: string; email: string }> {
  made += 1
  const email = `person${made}@example.test`
  return {
    id: await createAccount(SYSTEM, { email, name: `Person ${made}`, role, password: PASSWORD }),
    email,
  }
}
async function signIn(email: string, password = PASSWORD): Promise<string> {
  const result = await verifyCredentials({ email, password }, FROM)
  if (result.kind !== 'signed-in') throw new Error(result.kind)
  return result.sessionId
}
const later = (hours: number) => new Date(now().getTime() + hours * HOUR)
async function actorOf(sessionId: string): Promise<AccountActor> {
  const session = await findLiveSession(sessionId, now())
  if (!session) throw new Error('no session')
  return session.actor
}

describe('first run', () => {
  test('a set-up link makes one administrator, once, and an older link stops working', async () => {
    const older = await ensureFirstAdmin()
    const newer = await ensureFirstAdmin()
    if (older.kind !== 'set-up-link' || newer.kind !== 'set-up-link') throw new Error('no link')
    const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''
    expect(await isSetupTokenValid(tokenOf(older.url))).toBe(false)
    const token = tokenOf(newer.url)
    const stored = await prisma().setupToken.findMany()
    expect(JSON.stringify(stored)).not.toContain(token)
    await expect(
      createFirstAdmin(token, { email: 'first@example.test', name: 'First', password: 'password1234' }),
    ).rejects.toThrow('too easy to guess')
    expect(await isSetupTokenValid(token)).toBe(true)
    await createFirstAdmin(token, { email: 'First@Example.test', name: 'First', password: PASSWORD })
    expect((await actorOf(await signIn('first@example.test'))).role).toBe('admin')
    await expect(
      createFirstAdmin(token, { email: 'b@example.test', name: 'B', password: PASSWORD }),
    ).rejects.toThrow()
    expect(await ensureFirstAdmin()).toEqual({ kind: 'accounts-exist' })
  })
})

describe('signing in', () => {
  test('wrong password, unknown and disabled accounts are refused alike', async () => {
    const { id, email } = await addAccount('viewer')
    await changeAccount(SYSTEM, id, { kind: 'disable' })
    const other = await addAccount('viewer')
    const refused = { kind: 'refused' }
    expect(await verifyCredentials({ email, password: PASSWORD }, FROM)).toEqual(refused)
    expect(await verifyCredentials({ email: other.email, password: 'not this one' }, FROM)).toEqual(refused)
    expect(await verifyCredentials({ email: 'nobody@example.test', password: PASSWORD }, FROM)).toEqual(
      refused,
    )
    expect(await verifyCredentials({ email: ['x'], password: 3 }, FROM)).toEqual(refused)
  })
  test('after ten failures even the right password has to wait', async () => {
    const { email } = await addAccount('viewer')
    for (let attempt = 0; attempt < 10; attempt++) {
      await verifyCredentials(
        { email, password: 'guess' },
        { address: `198.51.100.${attempt}`, userAgent: null },
      )
    }
    expect(await verifyCredentials({ email, password: PASSWORD }, FROM)).toEqual({
      kind: 'too-many-attempts',
    })
  })
  test('an address that tried too often takes no attempts of people who sign in elsewhere', async () => {
    const noisy = { address: '192.0.2.250', userAgent: null }
    for (let attempt = 0; attempt < 50; attempt++)
      await verifyCredentials({ email: `nobody${attempt}@example.test`, password: 'guess' }, noisy)
    const { email } = await addAccount('viewer')
    for (let attempt = 0; attempt < 12; attempt++)
      expect(await verifyCredentials({ email, password: 'guess' }, noisy)).toEqual({
        kind: 'too-many-attempts',
      })
    expect((await verifyCredentials({ email, password: PASSWORD }, FROM)).kind).toBe('signed-in')
  })
  test('many guesses at the same moment are no more than one after the other', async () => {
    const { email } = await addAccount('viewer')
    const guesses = Array.from({ length: 25 }, (_, guess) =>
      verifyCredentials({ email, password: 'guess' }, { address: `203.0.113.${guess}`, userAgent: null }),
    )
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(10)
  })
  test('a session ends when idle for eight hours, after a week, and when its account is disabled', async () => {
    const { id, email } = await addAccount('viewer')
    const sessionId = await signIn(email)
    expect(await findLiveSession(sessionId, later(9))).toBeNull()
    expect(await findLiveSession(sessionId, later(7))).not.toBeNull()
    expect(await findLiveSession(sessionId, later(14))).not.toBeNull()
    expect(await findLiveSession(sessionId, later(7 * 24 + 1))).toBeNull()
    // what an open page asks by itself is nobody's use
    const unattended = await signIn(email)
    expect(await findLiveSession(unattended, later(7), { byItself: true })).not.toBeNull()
    expect(await findLiveSession(unattended, later(9))).toBeNull()
    await changeAccount(SYSTEM, id, { kind: 'disable' })
    expect(await findLiveSession(sessionId, now())).toBeNull()
  })
  test('a new role holds from the next request on', async () => {
    const { id, email } = await addAccount('responder')
    const sessionId = await signIn(email)
    expect((await actorOf(sessionId)).role).toBe('responder')
    await changeAccount(SYSTEM, id, { kind: 'role', role: 'viewer' })
    expect((await actorOf(sessionId)).role).toBe('viewer')
  })
  test('people end their own sessions and nobody else’s', async () => {
    const mine = await signIn((await addAccount('viewer')).email)
    const theirs = await signIn((await addAccount('viewer')).email)
    const actor = await actorOf(mine)
    await expect(endSession(actor, theirs)).rejects.toThrow('already over')
    await expect(endSession(actor, { not: theirs } as never)).rejects.toThrow('no session')
    await endSession(actor, mine)
    expect(await findLiveSession(mine, now())).toBeNull()
    expect(await findLiveSession(theirs, now())).not.toBeNull()
  })
  test('whoever has a session cannot try passwords in it without a limit', async () => {
    const { email } = await addAccount('viewer')
    const here = await signIn(email)
    const actor = await actorOf(here)
    const attempt = (current: string) =>
      changeOwnPassword(actor, here, { current, next: 'another long password' }, '198.51.100.77')
    for (let tried = 0; tried < 10; tried += 1) await expect(attempt('wrong')).rejects.toThrow('not right')
    await expect(attempt(PASSWORD)).rejects.toMatchObject({ code: 'busy' })
  })
  test('a new password of one’s own takes the old one and ends the other sessions', async () => {
    const { email } = await addAccount('viewer')
    const [here, elsewhere] = [await signIn(email), await signIn(email)]
    const actor = await actorOf(here)
    const next = 'another long password'
    await expect(changeOwnPassword(actor, here, { current: 'wrong', next }, FROM.address)).rejects.toThrow(
      'not right',
    )
    await changeOwnPassword(actor, here, { current: PASSWORD, next }, FROM.address)
    expect(await findLiveSession(here, now())).not.toBeNull()
    expect(await findLiveSession(elsewhere, now())).toBeNull()
    await signIn(email, next)
  })
})

describe('accounts', () => {
  test('only an administrator changes accounts', async () => {
    const manager = await addAccount('manager')
    const actor = await actorOf(await signIn(manager.email))
    await expect(changeAccount(actor, manager.id, { kind: 'role', role: 'admin' })).rejects.toThrow(
      'takes the role admin',
    )
  })
  test('an e-mail address has one account, however it is written', async () => {
    const { email } = await addAccount('viewer')
    const again = createAccount(SYSTEM, {
      email: ` ${email.toUpperCase()} `,
      name: 'X',
      role: 'viewer',
      password: PASSWORD,
    })
    await expect(again).rejects.toThrow('already has an account')
  })
  test('an administrator who sees some host groups takes no more: no account, key, group or host is theirs to change', async () => {
    const { id, email } = await addAccount('admin')
    const { id: groupId } = await prisma().hostGroup.create({ data: { name: 'Tills' } })
    await changeAccount(SYSTEM, id, { kind: 'host-groups', groupIds: [groupId] })
    const narrow = await actorOf(await signIn(email))
    const { id: other } = await addAccount('manager')
    const tried = [
      () => changeAccount(narrow, id, { kind: 'host-groups', groupIds: [] }),
      () => inviteAccount(narrow, { email: 'twin@example.test', name: 'Twin', role: 'admin' }),
      () => issueAccountLink(narrow, other),
      () => createApiKey(narrow, { name: 'all hosts', scopes: ['export'] }),
      () => assignHosts(narrow, { hostIds: [1], groupId }),
    ]
    for (const attempt of tried)
      await expect(attempt()).rejects.toThrow('takes an account that sees all hosts')
  })
  test('the last administrator who sees all hosts is not limited to some', async () => {
    const { id: groupId } = await prisma().hostGroup.create({ data: { name: 'Offices' } })
    const all = await prisma().account.findMany({
      where: { role: 'admin', disabledAt: null, hostGroups: { none: {} } },
    })
    const limits = all.map(({ id }) =>
      changeAccount(SYSTEM, id, { kind: 'host-groups', groupIds: [groupId] }),
    )
    const refused = (await Promise.allSettled(limits)).filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
    await prisma().accountHostGroup.deleteMany()
  })
  test('the last two administrators cannot be disabled at the same time', async () => {
    await addAccount('admin')
    const admins = await prisma().account.findMany({ where: { role: 'admin', disabledAt: null } })
    const results = await Promise.allSettled(
      admins.map(({ id }) => changeAccount(SYSTEM, id, { kind: 'disable' })),
    )
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(await prisma().account.count({ where: { role: 'admin', disabledAt: null } })).toBe(1)
  })
})

describe('API keys', () => {
  test('a key works in each header a shipper writes, is stored hashed, and neither after its last day nor once it is revoked', async () => {
    const secret = await createApiKey(SYSTEM, { name: 'collector', scopes: ['ingest'] })
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    for (const header of [
      `Bearer ${secret}`,
      `Splunk ${secret}`,
      `ApiKey ${base64(`id:${secret}`)}`,
      `Basic ${base64(`u:${secret}`)}`,
    ]) {
      expect(await actorFromKey(header)).toMatchObject({
        kind: 'key',
        name: 'collector',
        keyScopes: ['ingest'],
      })
    }
    const [stored] = await prisma().apiKey.findMany()
    expect(JSON.stringify(stored)).not.toContain(secret)
    await prisma().apiKey.updateMany({ data: { expiresAt: now() } })
    expect(await actorFromKey(`Bearer ${secret}`)).toBeNull()
    await prisma().apiKey.updateMany({ data: { expiresAt: null } })
    await revokeApiKey(SYSTEM, stored?.id ?? '')
    expect(await actorFromKey(`Bearer ${secret}`)).toBeNull()
  })
  test('anything else is no key', async () => {
    for (const header of [
      null,
      '',
      'Bearer',
      'Bearer cordon_short',
      `Digest cordon_${'a'.repeat(43)}`,
      `Bearer cordon_${'a'.repeat(43)}`,
    ]) {
      expect(await actorFromKey(header)).toBeNull()
    }
  })
})
