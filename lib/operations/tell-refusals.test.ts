import { afterAll, expect, test, vi } from 'vitest'
import { verifyCredentials } from '@/lib/access/verify-credentials'
import { systemActor } from '@/lib/pipeline/actor'
import { prisma } from '@/lib/store/prisma'
import { withTestDatabase } from '@/lib/store/test-database'
import { createAccount } from './create-account'
import { examplePerson } from './example-person'
import { tellRefusals } from './tell-refusals'
import { verifyAudit } from './verify-audit'

const PASSWORD = 'a long enough password'
withTestDatabase()
afterAll(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const from = (address: string) => ({ address, userAgent: 'a browser' })
const entries = (action: string) =>
  prisma().auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } })

test('who signs in is on the audit log, with the way and the address', async () => {
  const email = 'ada@example.test'
  const id = await createAccount(systemActor('test'), {
    email,
    name: 'Ada',
    role: 'viewer',
    password: PASSWORD,
  })
  await verifyCredentials({ email, password: PASSWORD }, from('2001:db8:1:2:3:4:5:6'))
  expect(await entries('signed-in')).toMatchObject([
    {
      actorKind: 'account',
      actorName: 'Ada',
      subjectId: id,
      detail: { name: 'Ada', method: 'password', address: '2001:db8:1:2::/64' },
    },
  ])
})

test('whatever is tried, the log grows by one row an account and kind in a quarter of an hour, and says how often', async () => {
  const email = 'eve@example.test'
  const id = await createAccount(systemActor('test'), {
    email,
    name: 'Eve',
    role: 'viewer',
    password: PASSWORD,
  })
  const before = await prisma().auditEntry.count()
  for (let guess = 0; guess < 14; guess++)
    await verifyCredentials({ email, password: `secret guess ${guess}` }, from(`203.0.113.${guess}`))
  for (let guess = 0; guess < 20; guess++)
    await verifyCredentials(
      { email: `nobody${guess}@example.test`, password: 'secret guess' },
      from(`198.51.100.${guess}`),
    )
  // still counting
  await tellRefusals()
  expect(await prisma().auditEntry.count()).toBe(before)

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 })
  await tellRefusals()
  await tellRefusals()
  const told = await prisma().auditEntry.findMany({ where: { actorName: 'sign-in' }, orderBy: { id: 'asc' } })
  expect(await prisma().auditEntry.count()).toBe(before + 3)
  const about = (action: string, subjectId: string) =>
    told.find((one) => one.action === action && one.subjectId === subjectId)?.detail
  const addresses = expect.arrayContaining(['203.0.113.0'])
  expect(about('sign-ins-refused', id)).toMatchObject({ name: 'Eve', attempts: 10, addresses })
  expect(about('sign-ins-locked-out', id)).toMatchObject({ name: 'Eve', attempts: 4 })
  expect(about('sign-ins-refused', 'unknown')).toMatchObject({ name: 'no account', attempts: 20 })
  // neither what was typed nor addresses without end
  expect(JSON.stringify(told.map(({ detail }) => detail))).not.toMatch(/secret|nobody/)
  for (const one of told)
    expect((one.detail as { addresses: string[] }).addresses.length).toBeLessThanOrEqual(5)
  expect(await verifyAudit(await examplePerson('First', 'admin'))).toMatchObject({ intact: true })
})
