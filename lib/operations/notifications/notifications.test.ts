import { createHmac } from 'node:crypto'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Mailbox, openMailbox } from '@/fixtures/mailbox'
import { openReceiver, type Receiver } from '@/fixtures/receiver'
import { assignDeviation } from '@/lib/operations/assign-deviation'
import { commentDeviation } from '@/lib/operations/comment-deviation'
import { itemOf, withTriageExamples } from '@/lib/operations/triage-examples'
import { followAudit } from '@/lib/store/notifications/follow'
import { pool } from '@/lib/store/pool'
import { findWebhook, listDeliveries, listInbox } from '@/lib/store/screens/notifications'
import { chooseNotification, removeWebhook, sendTestNotification, setWebhook } from './choices'
import { deliverDue } from './deliver'
import { readNotifications, retryDelivery } from './inbox'
import { openChannels } from './run-notifier'

const examples = withTriageExamples()
let mailbox: Mailbox
let mails: string[]
let receiver: Receiver
let hook: string
let posts: Receiver['posts']
let answers: Receiver['answers']

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of thirty-two characters')
  vi.stubEnv('CORDON_BASE_URL', 'https://cordon.example.org')
  mailbox = await openMailbox()
  mails = mailbox.mails
  vi.stubEnv('CORDON_SMTP_URL', mailbox.url)
  vi.stubEnv('CORDON_SMTP_FROM', 'cordon@example.org')
  receiver = await openReceiver()
  ;({ url: hook, posts, answers } = receiver)
})
afterAll(async () => {
  await mailbox.close()
  await receiver.close()
})
beforeEach(async () => {
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '127.0.0.1/32')
  mails.length = 0
  posts.length = 0
  answers.length = 0
  await pool().query('DELETE FROM notification')
  await pool().query('DELETE FROM notification_choice')
  await pool().query('DELETE FROM webhook')
  await followAudit(pool(), openChannels())
  await pool().query('DELETE FROM notification')
})

const EVERYTHING = { inApp: true, email: true, webhook: true, minScoreMillibits: null }

async function assignToGus(): Promise<string> {
  const { id, version } = await itemOf('scrobj')
  await assignDeviation(examples().responder, {
    id,
    version,
    assigneeId: examples().groupResponder.accountId,
  })
  return id
}

test('who is given a deviation is told of it once, as they chose, and who gave it is not', async () => {
  const gus = examples().groupResponder
  const secret = await setWebhook(gus, hook)
  await chooseNotification(gus, { event: 'deviation-assigned', ...EVERYTHING })
  const id = await assignToGus()
  await followAudit(pool(), openChannels())
  await followAudit(pool(), openChannels())
  const [told, ...more] = await listInbox(gus.accountId)
  expect(more).toEqual([])
  expect(told).toMatchObject({
    title: 'A deviation was assigned to you: Regsvr32.exe',
    href: `/deviations/${id}`,
    readAt: null,
  })
  expect(await listInbox(examples().responder.accountId)).toEqual([])

  expect(await deliverDue(pool())).toBe(2)
  expect(await deliverDue(pool())).toBe(0)
  expect(mails).toHaveLength(1)
  expect(mails[0]).toContain('To: gus <gus@example.org>')
  expect(mails[0]).toContain('Subject: A deviation was assigned to you: Regsvr32.exe')
  expect(mails[0]).toContain(`https://cordon.example.org/deviations/${id}`)
  expect(posts).toHaveLength(1)
  const { headers, body } = posts[0] ?? { headers: {}, body: Buffer.of() }
  expect(JSON.parse(String(body))).toMatchObject({
    id: told?.id,
    event: 'deviation-assigned',
    url: `https://cordon.example.org/deviations/${id}`,
    account: { email: 'gus@example.org' },
  })
  const [, timestamp = '', signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['cordon-signature'])) ?? []
  expect(signature).toBe(createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'))
  expect(await listDeliveries(gus.accountId)).toMatchObject([{ state: 'sent' }, { state: 'sent' }])

  await readNotifications(gus, { throughId: told?.id ?? '' })
  expect(await listInbox(gus.accountId)).toMatchObject([{ readAt: expect.any(Number) }])
})

test('a note on what is assigned to somebody is told to them, and their own note to nobody', async () => {
  const gus = examples().groupResponder
  const id = await assignToGus()
  const note = async (by: typeof gus) =>
    await commentDeviation(by, { ...(await itemOf('scrobj')), note: 'Asked the owner' })
  await note(gus)
  await note(examples().responder)
  await followAudit(pool(), openChannels())
  const told = await listInbox(gus.accountId)
  expect(told.map(({ event }) => event)).toEqual(['deviation-noted', 'deviation-assigned'])
  expect(told[0]?.href).toBe(`/deviations/${id}`)
})

test('a receiver that fails is tried again later under the same number, and given up after the last time', async () => {
  const gus = examples().groupResponder
  await setWebhook(gus, hook)
  await sendTestNotification(gus, 'webhook')
  const again = async () => {
    await pool().query('UPDATE notification_delivery SET next_at = now()')
    await deliverDue(pool())
    return (await listDeliveries(gus.accountId))[0]
  }
  answers.push(500, 302)
  expect(await again()).toMatchObject({
    state: 'queued',
    attempts: 1,
    // in a private range, what it said more is not shown
    error: 'The receiver answered 500',
  })
  expect(await deliverDue(pool())).toBe(0)
  expect(await again()).toMatchObject({ error: expect.stringContaining('302: redirects are not followed') })
  expect(await again()).toMatchObject({ state: 'sent', attempts: 3, error: null })
  expect(posts).toHaveLength(3)
  expect(new Set(posts.map(({ headers }) => headers['cordon-delivery'])).size).toBe(1)

  await sendTestNotification(gus, 'webhook')
  answers.push(...Array.from({ length: 7 }, () => 503))
  for (let attempt = 0; attempt < 7; attempt++) await again()
  const [failed] = await listDeliveries(gus.accountId)
  expect(failed).toMatchObject({ state: 'failed', attempts: 7 })
  expect(await deliverDue(pool())).toBe(0)
  answers.length = 0
  await retryDelivery(gus, failed?.id ?? '')
  await deliverDue(pool())
  expect((await listDeliveries(gus.accountId))[0]).toMatchObject({ state: 'sent', attempts: 1 })
  await expect(retryDelivery(examples().responder, failed?.id ?? '')).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('what is not reached is told in the same words, whichever names and ports there are inside', async () => {
  const gus = examples().groupResponder
  const error = async (url: string) => {
    await setWebhook(gus, url)
    await sendTestNotification(gus, 'webhook')
    await deliverDue(pool())
    return (await listDeliveries(gus.accountId))[0]?.error
  }
  const silent = net.createServer((socket) => void socket.end('no http\r\n'))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const open = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  const told = await error(open)
  silent.close()
  expect(told).toBe('The receiver could not be reached.')
  expect(await error(open)).toBe(told)
  const words = async (host: string) =>
    await setWebhook(gus, `https://${host}/`).catch((cause: Error) => cause.message.replace(host, 'HOST'))
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '')
  expect(await words('no-such-name.invalid')).toBe(await words('localhost'))
})

test('what waits for somebody who is disabled is not sent any more', async () => {
  const gus = examples().groupResponder
  await setWebhook(gus, hook)
  await sendTestNotification(gus, 'webhook')
  const disabled = (at: string) =>
    pool().query(`UPDATE account SET disabled_at = ${at} WHERE id = $1`, [gus.accountId])
  await disabled('now()')
  await deliverDue(pool())
  await disabled('NULL')
  expect(posts).toEqual([])
  expect((await listDeliveries(gus.accountId))[0]).toMatchObject({
    state: 'failed',
    error: 'The account was disabled.',
  })
})

test('an attempt that waits for a time which a clock put ahead wrote is made once the clock is right, one that waits as it should is not', async () => {
  const gus = examples().groupResponder
  await setWebhook(gus, hook)
  await sendTestNotification(gus, 'webhook')
  const wait = (hours: number) =>
    pool().query('UPDATE notification_delivery SET next_at = now() + make_interval(hours => $1)', [hours])
  await wait(11)
  expect(await deliverDue(pool())).toBe(0)
  await wait(24)
  expect(await deliverDue(pool())).toBe(1)
  expect((await listDeliveries(gus.accountId))[0]).toMatchObject({ state: 'sent' })
})

test('a receiver that says it is gone is not asked again', async () => {
  const gus = examples().groupResponder
  await setWebhook(gus, hook)
  await sendTestNotification(gus, 'webhook')
  answers.push(410)
  await deliverDue(pool())
  expect((await listDeliveries(gus.accountId))[0]).toMatchObject({ state: 'failed', attempts: 1 })
})

test('an address inside is refused when it is set, and when the name leads there only later', async () => {
  const gus = examples().groupResponder
  await setWebhook(gus, hook)
  await sendTestNotification(gus, 'webhook')
  vi.stubEnv('CORDON_WEBHOOK_PRIVATE', '')
  await deliverDue(pool())
  expect(posts).toEqual([])
  expect((await listDeliveries(gus.accountId))[0]?.error).toContain('is not a public address')
  for (const inside of [
    hook,
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
    'ftp://example.org/',
  ])
    await expect(setWebhook(gus, inside)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(setWebhook(gus, 'https://ada:secret@example.org/')).rejects.toThrow(
    'Leave name and password out',
  )
  await removeWebhook(gus)
  expect(await findWebhook(gus.accountId)).toBeNull()
})
