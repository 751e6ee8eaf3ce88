import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '@/lib/pipeline/actor'
import { systemActor } from '@/lib/pipeline/actor'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { closePool, pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { findDecision, listDecisions } from '@/lib/store/screens/decisions'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { createAccount } from './create-account'
import { decide } from './decide'
import { ingestExamples } from './ingest/example-use'
import { proposeDecision } from './propose-decision'
import { recompute } from './recompute/recompute'
import { verifyAudit } from './verify-audit'
import { withdrawDecision } from './withdraw-decision'

let database: TestDatabase
const actors = new Map<string, Extract<Actor, { kind: 'account' }>>()

const use = (host: string, day: number, commandLine: string | null) => ({
  host,
  at: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
  image: 'C:\\Windows\\System32\\mshta.exe',
  commandLine,
})

beforeAll(async () => {
  database = await createTestDatabase()
  process.env['APP_DATABASE_URL'] = database.appUrl
  await ingestExamples(pool(), [
    use('ws-1', 5, 'mshta.exe C:\\Apps\\form.hta'),
    use('ws-1', 6, 'mshta.exe C:\\Apps\\form.hta'),
    { ...use('ws-2', 5, 'notepad.exe a.txt'), image: 'C:\\Windows\\System32\\notepad.exe' },
    { ...use('ws-3', 6, null), image: 'C:\\Windows\\System32\\notepad.exe' },
  ])
  await recompute(pool())
  for (const [name, role] of [
    ['ada', 'responder'],
    ['ben', 'responder'],
    ['mia', 'manager'],
    ['max', 'manager'],
    ['vic', 'viewer'],
  ] as const)
    actors.set(name, await account(name, role))
})
afterAll(async () => {
  await closePool()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('DELETE FROM decision')
})

async function account(name: string, role: Role): Promise<Extract<Actor, { kind: 'account' }>> {
  const email = `${name}@example.org`
  const accountId = await createAccount(systemActor('test'), {
    email,
    name,
    role,
    password: 'a long enough one',
  })
  return { kind: 'account', accountId, email, name, role, scope: { kind: 'all' } }
}

function actor(name: string) {
  const found = actors.get(name)
  if (!found) throw new Error(name)
  return found
}

const propose = (name: string) =>
  proposeDecision(actor(name), {
    slug: 'mshta.exe',
    verdict: 'safe-to-block',
    justification: 'Only one form needs it.',
  })
const judge = (name: string, id: number, move: 'approve' | 'reject', version = 0) =>
  decide(actor(name), { id, version, move, comment: 'seen' })
const stateOf = async (id: number) => (await prisma().decision.findUniqueOrThrow({ where: { id } })).state

describe('proposing', () => {
  test('freezes what is known: executions, hosts, patterns, users, window and coverage', async () => {
    const id = await propose('ada')
    const { evidence } = await prisma().decision.findUniqueOrThrow({ where: { id } })
    expect(readEvidence(evidence)).toMatchObject({
      window: { from: '2026-01-05', to: '2026-01-06' },
      executions: 2,
      hosts: 1,
      patterns: 1,
      users: 1,
      notSeenOn: { full: 1, partial: 0, 'no-command-lines': 1, silent: 0 },
      topHosts: [{ name: 'ws-1', executions: 2 }],
    })
  })
  test('takes a responder: a viewer is refused', async () => {
    await expect(propose('vic')).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('takes a note', async () => {
    const empty = { slug: 'mshta.exe', verdict: 'required' as const, justification: '  ' }
    await expect(proposeDecision(actor('ada'), empty)).rejects.toMatchObject({ code: 'invalid-input' })
  })
  test('waits for the proposal before it, also when two are made at once', async () => {
    const both = await Promise.allSettled([propose('ada'), propose('ben')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('deciding', () => {
  test('a proposer cannot approve their own proposal, manager or not', async () => {
    const id = await propose('mia')
    await expect(judge('mia', id, 'approve')).rejects.toMatchObject({ code: 'forbidden' })
    await judge('max', id, 'approve')
    expect(await stateOf(id)).toBe('approved')
  })
  test('takes a manager', async () => {
    const id = await propose('ada')
    await expect(judge('ben', id, 'approve')).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('two managers at once come to one outcome, and the other one is told', async () => {
    const id = await propose('ada')
    const both = await Promise.allSettled([judge('mia', id, 'approve'), judge('max', id, 'reject')])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = both.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'conflict' })
    expect(await stateOf(id)).toBe(both[0].status === 'fulfilled' ? 'approved' : 'rejected')
    const written = await prisma().auditEntry.count({
      where: { subjectKind: 'decision', subjectId: String(id) },
    })
    expect(written).toBe(2)
  })
  test('an approval supersedes the one before it', async () => {
    const first = await propose('ada')
    await judge('mia', first, 'approve')
    const second = await propose('ada')
    await judge('max', second, 'approve')
    expect([await stateOf(first), await stateOf(second)]).toEqual(['superseded', 'approved'])
  })
  test('a manager who does not see all the hosts cannot decide, nor read the evidence', async () => {
    const id = await propose('ada')
    const narrow: Actor = { ...actor('mia'), scope: { kind: 'groups', groupIds: [1] } }
    await expect(decide(narrow, { id, version: 0, move: 'approve', comment: '' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await findDecision(narrow.scope, id))?.evidence).toBeNull()
    expect((await findDecision(actor('mia').scope, id))?.evidence).not.toBeNull()
  })
  test('a decision that was read before it changed cannot be changed', async () => {
    const id = await propose('ada')
    await expect(judge('mia', id, 'approve', 7)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('withdrawing', () => {
  test('is the proposer’s alone, and final', async () => {
    const id = await propose('ada')
    await expect(withdrawDecision(actor('ben'), { id, version: 0 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await withdrawDecision(actor('ada'), { id, version: 0 })
    expect(await stateOf(id)).toBe('withdrawn')
    await expect(judge('mia', id, 'approve', 1)).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('what awaits a manager leaves out what they proposed themselves', async () => {
  await propose('mia')
  const request = { q: '', sort: 'proposed', descending: true, page: 1, pageSize: 50, after: null } as const
  const awaiting = (name: string) => {
    const { accountId, scope } = actor(name)
    return listDecisions(scope, { ...request, filters: { awaiting: ['me'] } }, { accountId, mayDecide: true })
  }
  expect((await awaiting('mia')).total).toBe(0)
  expect((await awaiting('max')).total).toBe(1)
})

test('every change is in the audit log, and the log is intact', async () => {
  const id = await propose('ada')
  await judge('mia', id, 'reject')
  const written = await prisma().auditEntry.findMany({
    where: { subjectKind: 'decision', subjectId: String(id) },
    orderBy: { id: 'asc' },
  })
  expect(written.map(({ action, actorName }) => [action, actorName])).toEqual([
    ['decision-proposed', 'ada'],
    ['decision-rejected', 'mia'],
  ])
  expect(await verifyAudit(systemActor('test'))).toMatchObject({ intact: true })
})
