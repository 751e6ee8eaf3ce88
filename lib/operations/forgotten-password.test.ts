import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Mailbox, openMailbox } from '@/fixtures/mailbox'
import { verifyCredentials } from '@/lib/access/verify-credentials'
import { now } from '@/lib/clock'
import { systemActor } from '@/lib/pipeline/actor'
import { prisma } from '@/lib/store/prisma'
import { findLiveSession } from '@/lib/store/sessions'
import { withTestDatabase } from '@/lib/store/test-database'
import { findAccountLink, inviteAccount, issueAccountLink, useAccountLink } from './account-links'
import { changeAccount } from './change-account'
import { changeOwnPassword } from './change-own-account'
import { createAccount } from './create-account'
import { examplePerson } from './example-person'
import { sendForgottenLink } from './forgotten-password'

const SYSTEM = systemActor('test')
const PASSWORD = 'a long enough password'
const ANOTHER = 'another long password'
const FROM = { address: '192.0.2.1', userAgent: null }
let mailbox: Mailbox
withTestDatabase()
beforeAll(async () => {
  mailbox = await openMailbox()
  vi.stubEnv('CORDON_SMTP_URL', mailbox.url)
  // there is always an administrator
  await examplePerson('First', 'admin')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await mailbox.close()
})
beforeEach(() => {
  mailbox.mails.length = 0
})

let made = 0
async function addPerson() {
  made += 1
  const email = `forgetful${made}@example.test`
  return { email, id: await createAccount(SYSTEM, { email, name: 'F', role: 'viewer', password: PASSWORD }) }
}
async function ask(email: string): Promise<string> {
  await sendForgottenLink(email)
  return tokenIn(mailbox.mails.at(-1) ?? '')
}
const tokenIn = (text: string) => /token=([\w-]+)/.exec(text)?.[1] ?? ''
const signIn = (email: string, password: string) => verifyCredentials({ email, password }, FROM)

test('the link that was mailed sets the password once, within half an hour, and ends the sessions', async () => {
  const { email } = await addPerson()
  const session = await signIn(email, PASSWORD)
  if (session.kind !== 'signed-in') throw new Error(session.kind)
  const token = await ask(` ${email.toUpperCase()} `)
  expect(mailbox.mails[0]).toContain(`To: F <${email}>`)
  expect(await findAccountLink(token)).toEqual({ name: 'F', email })
  const [{ expiresAt } = { expiresAt: now() }] = await prisma().setupToken.findMany()
  expect(expiresAt.getTime() - now().getTime()).toBeLessThanOrEqual(30 * 60_000)
  // until it is used nothing changes
  expect(await findLiveSession(session.sessionId, now())).not.toBeNull()
  await useAccountLink(token, ANOTHER)
  await expect(useAccountLink(token, PASSWORD)).rejects.toThrow('used or is too old')
  expect(await findLiveSession(session.sessionId, now())).toBeNull()
  expect((await signIn(email, ANOTHER)).kind).toBe('signed-in')
})

test('nothing is mailed to whom has no account, no password here, or is disabled, nor to what is no address', async () => {
  const { id, email } = await addPerson()
  await changeAccount(SYSTEM, id, { kind: 'disable' })
  await inviteAccount(SYSTEM, { email: 'invited@example.test', name: 'I', role: 'viewer' })
  mailbox.mails.length = 0
  await prisma().account.create({
    data: { email: 'sso@example.test', name: 'S', role: 'viewer', oidcSubject: 'there sso' },
  })
  for (const asked of [
    email,
    'invited@example.test',
    'sso@example.test',
    'nobody@example.test',
    'x',
    `${'a'.repeat(400)}@example.test`,
    'a@example.test\r\nBcc: b@example.test',
    undefined,
  ])
    await sendForgottenLink(asked)
  expect(mailbox.mails).toEqual([])
})

test.each([
  ['is disabled and enabled again', 'disable'],
  ['has another role', 'role'],
  ['is limited to other hosts', 'host-groups'],
  ['has its second step reset', 'reset-two-step'],
] as const)('a link does nothing once its account %s', async (_, kind) => {
  const { id, email } = await addPerson()
  const token = await ask(email)
  if (kind === 'role') await changeAccount(SYSTEM, id, { kind, role: 'responder' })
  else if (kind === 'host-groups') await changeAccount(SYSTEM, id, { kind, groupIds: [] })
  else await changeAccount(SYSTEM, id, { kind })
  if (kind === 'disable') await changeAccount(SYSTEM, id, { kind: 'enable' })
  expect(await findAccountLink(token)).toBeNull()
  await expect(useAccountLink(token, ANOTHER)).rejects.toThrow('used or is too old')
})

test('a new password voids every link that waits', async () => {
  const { id, email } = await addPerson()
  const links = [await ask(email), tokenIn((await issueAccountLink(SYSTEM, id)).url)]
  const session = await signIn(email, PASSWORD)
  if (session.kind !== 'signed-in') throw new Error(session.kind)
  const live = await findLiveSession(session.sessionId, now())
  if (!live) throw new Error('no session')
  const change = { current: PASSWORD, next: ANOTHER }
  await changeOwnPassword(live.actor, session.sessionId, change, FROM.address)
  for (const token of links) expect(await findAccountLink(token)).toBeNull()
})

test('whoever knows an address fills no mailbox, and takes no link of an administrator away', async () => {
  const { id, email } = await addPerson()
  const given = tokenIn((await issueAccountLink(SYSTEM, id)).url)
  mailbox.mails.length = 0
  for (let time = 0; time < 6; time++) await sendForgottenLink(email)
  expect(mailbox.mails).toHaveLength(3)
  const [first, , last] = mailbox.mails.map(tokenIn)
  expect(await findAccountLink(first ?? '')).toBeNull()
  expect(await findAccountLink(last ?? '')).not.toBeNull()
  expect(await findAccountLink(given)).not.toBeNull()
  const asked = await prisma().auditEntry.findMany({
    where: { subjectId: id, action: 'password-link-asked' },
  })
  expect(asked).toHaveLength(3)
  expect(JSON.stringify(asked.map(({ detail }) => detail))).not.toContain(last)
})
