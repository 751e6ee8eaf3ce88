import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { listBlocks } from '@/lib/store/blocks'
import { closePool, pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { findDelegations } from '@/lib/store/screens/decision/form'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from '../ingest/example-use'
import { recompute } from '../recompute/recompute'
import { breakGlass } from './break-glass'
import { changeDecisionSettings } from './change-decision-settings'
import { decide } from './decide'
import { decideBatch } from './decide-batch'
import { delegate } from './delegate'
import { exampleDraft, examplePerson, exampleProposal } from './example-decisions'
import { expireDecisions } from './expire-decisions'
import { moveRing } from './move-ring'
import { proposeBatch } from './propose-batch'
import { revokeDecision } from './revoke-decision'
import { startAudit } from './start-audit'

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
    actors.set(name, await examplePerson(name, role))
})
afterAll(async () => {
  await closePool()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('DELETE FROM decision')
})

function actor(name: string) {
  const found = actors.get(name)
  if (!found) throw new Error(name)
  return found
}

const propose = (name: string) => exampleProposal(actor(name))
const judge = (name: string, id: number, move: 'approve' | 'reject', version = 1) =>
  decide(actor(name), { id, version, move, comment: 'seen' })
const hostId = async (name: string) => (await prisma().host.findUniqueOrThrow({ where: { name } })).id
const actionsOn = async (id: number) => {
  const rows = await prisma().auditEntry.findMany({
    where: { subjectKind: 'decision', subjectId: String(id) },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ action }) => action)
}
const stateOf = async (id: number) => (await prisma().decision.findUniqueOrThrow({ where: { id } })).state

describe('evidence that changed', () => {
  test('a binary that ran first after the proposal asks for another look, and the look is on record', async () => {
    const id = await exampleProposal(actor('ada'), {}, 'cmstp.exe')
    await ingestExamples(pool(), [
      { ...use('ws-2', 6, 'cmstp.exe /s x.inf'), image: 'C:\\Windows\\System32\\cmstp.exe' },
    ])
    await recompute(pool())
    await expect(judge('mia', id, 'approve')).rejects.toThrow(/evidence changed.*never run/)
    await decide(actor('mia'), { id, version: 1, move: 'approve', comment: '', seen: ['first-use'] })
    const { decidedEvidence } = await prisma().decision.findUniqueOrThrow({ where: { id } })
    expect(readEvidence(decidedEvidence)).toMatchObject({ executions: 1 })
  })
})

describe('people who changed meanwhile', () => {
  test('a manager who was made a viewer after their page was made decides nothing', async () => {
    const id = await propose('ada')
    const account = { where: { id: actor('mia').accountId } }
    await prisma().account.update({ ...account, data: { role: 'viewer' } })
    await expect(judge('mia', id, 'approve')).rejects.toMatchObject({ code: 'forbidden' })
    await prisma().account.update({ ...account, data: { role: 'manager', disabledAt: new Date() } })
    await expect(judge('mia', id, 'approve')).rejects.toMatchObject({ code: 'forbidden' })
    await prisma().account.update({ ...account, data: { disabledAt: null } })
    await judge('mia', id, 'approve')
  })
  test('a proposal whose author can no longer sign in is still decided', async () => {
    const id = await propose('ben')
    await prisma().account.update({ where: { id: actor('ben').accountId }, data: { disabledAt: new Date() } })
    await judge('mia', id, 'approve')
    expect(await stateOf(id)).toBe('approved')
    await prisma().account.update({ where: { id: actor('ben').accountId }, data: { disabledAt: null } })
  })
  test('only somebody who may decide stands in for a manager', async () => {
    await expect(
      delegate(actor('mia'), { toId: actor('ada').accountId, until: '2099-01-01' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    await delegate(actor('mia'), { toId: actor('max').accountId, until: '2099-01-01' })
    expect((await findDelegations(actor('mia').accountId)).given).toMatchObject({ to: 'max' })
    expect((await findDelegations(actor('max').accountId)).received).toMatchObject([{ from: 'mia' }])
    await delegate(actor('mia'), { toId: null, until: '2099-01-01' })
    expect((await findDelegations(actor('mia').accountId)).given).toBeNull()
  })
})

describe('two approvals', () => {
  test('where the administrator asks for two, the first one leaves a block of the fleet waiting, and nobody gives both', async () => {
    const admin = await examplePerson('root', 'admin')
    await changeDecisionSettings(admin, { twoForFleet: true })
    const id = await propose('ada')
    await judge('mia', id, 'approve')
    expect(await stateOf(id)).toBe('proposed')
    await expect(judge('mia', id, 'approve', 2)).rejects.toMatchObject({ code: 'conflict' })
    await judge('max', id, 'approve', 2)
    expect(await stateOf(id)).toBe('approved')
    await changeDecisionSettings(admin, { twoForFleet: false })
  })
})

describe('rollout', () => {
  const ringOf = async (id: number) =>
    (await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })).id
  test('a responder audits without an approval; enforcing takes one', async () => {
    const draft = await exampleDraft(actor('ada'))
    await startAudit(actor('ben'), draft)
    expect(await stateOf(draft.id)).toBe('audit')
    const move = { id: draft.id, version: 1, ringId: await ringOf(draft.id), reason: 'now' }
    await expect(moveRing(actor('max'), { ...move, move: 'enforce' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const [block] = await listBlocks(pool(), '2026-02-01')
    expect(block).toMatchObject({ slug: 'mshta.exe', state: 'audit', approvedBy: null })
    expect(block?.rings[0]?.hosts.map(({ name }) => name)).toEqual(['ws-1', 'ws-2', 'ws-3'])
  })
  test('what the gate holds back is enforced by a manager with a reason alone, taken back by anybody, and both are on record', async () => {
    const id = await propose('ada')
    await judge('mia', id, 'approve')
    const ringId = await ringOf(id)
    const enforce = { id, version: 2, ringId, move: 'enforce' as const, reason: '' }
    await expect(moveRing(actor('ben'), { ...enforce, reason: 'please' })).rejects.toThrow(
      /not ready; a manager/,
    )
    await expect(moveRing(actor('mia'), enforce)).rejects.toThrow(/say why/)
    await moveRing(actor('mia'), { ...enforce, reason: 'It is on fire.' })
    expect(await stateOf(id)).toBe('enforced')
    await moveRing(actor('ben'), { ...enforce, version: 3, move: 'roll-back', reason: 'It broke the till.' })
    expect(await stateOf(id)).toBe('approved')
    await revokeDecision(actor('max'), { id, version: 4, reason: 'Needed after all.' })
    expect(await stateOf(id)).toBe('revoked')
    expect(await listBlocks(pool(), '2026-02-01')).toEqual([])
  })
  test('exceptions that ended are not in the block any more', async () => {
    const exceptions = [
      { kind: 'user', value: 'CORP\\ada', reason: 'moves soon', until: '2099-01-31' } as const,
      { kind: 'host', id: await hostId('ws-3'), reason: 'kiosk', until: null } as const,
    ]
    const id = await exampleProposal(actor('ada'), { verdict: 'restrict', exceptions })
    await judge('mia', id, 'approve')
    const [before] = await listBlocks(pool(), '2099-01-31')
    expect(before).toMatchObject({ exceptions, sparedHosts: [{ name: 'ws-3' }] })
    const [after] = await listBlocks(pool(), '2099-02-01')
    expect(after?.exceptions).toEqual([exceptions[1]])
    expect(await expireDecisions(new Date('2099-02-01T00:00:00Z'))).toBe(1)
    expect(await expireDecisions(new Date('2099-02-01T00:00:01Z'))).toBe(0)
    expect(await actionsOn(id)).toContain('decision-exception-expired')
  })
})

describe('time', () => {
  test('a decision ends with its last day, once, and a clock turned back brings nothing back', async () => {
    const id = await exampleProposal(actor('ada'), { expiresOn: '2099-03-31' })
    await judge('mia', id, 'approve')
    expect(await expireDecisions(new Date('2099-03-31T23:59:59Z'))).toBe(0)
    expect(await expireDecisions(new Date('2099-04-01T00:00:00Z'))).toBe(1)
    expect(await expireDecisions(new Date('2000-01-01T00:00:00Z'))).toBe(0)
    expect(await stateOf(id)).toBe('expired')
    expect(await actionsOn(id)).toContain('decision-expired')
  })
  test('an emergency is in force at once, lapses after 72 hours, or is approved by somebody else', async () => {
    const block = {
      slug: 'mshta.exe',
      effect: 'execution',
      control: 'edr',
      scope: { kind: 'fleet' },
    } as const
    await expect(breakGlass(actor('vic'), { ...block, reason: 'ransom' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const lost = await breakGlass(actor('ada'), { ...block, reason: 'ransom' })
    expect((await listBlocks(pool(), '2026-02-01'))[0]).toMatchObject({
      state: 'emergency',
      approvedBy: null,
    })
    await expect(breakGlass(actor('ben'), { ...block, reason: 'the same' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
    expect(await expireDecisions(hours(71))).toBe(0)
    expect(await expireDecisions(hours(73))).toBe(1)
    expect(await stateOf(lost)).toBe('expired')
    const kept = await breakGlass(actor('mia'), { ...block, reason: 'again' })
    await expect(judge('mia', kept, 'approve', 0)).rejects.toMatchObject({ code: 'forbidden' })
    await judge('max', kept, 'approve', 0)
    expect(await stateOf(kept)).toBe('enforced')
    expect(await expireDecisions(hours(1000))).toBe(0)
  })
})

describe('in bulk', () => {
  const batch = {
    control: 'app-control',
    justification: 'Nobody has it.',
    reviewOn: '2099-01-01',
    ticket: null,
  } as const
  test('what ran, or is not covered well enough, is not proposed as never seen', async () => {
    await expect(proposeBatch(actor('ada'), { ...batch, slugs: ['mshta.exe'] })).rejects.toThrow(
      /It ran twice|It ran 2 times/,
    )
    await expect(proposeBatch(actor('ada'), { ...batch, slugs: ['regasm.exe'] })).rejects.toThrow(
      /days are on record/,
    )
  })
  test('what was proposed as one is approved as one or not at all, and each has its own history', async () => {
    const days = Array.from({ length: 20 }, (_, at) => at + 1)
    await ingestExamples(
      pool(),
      days.flatMap((day) =>
        ['ws-1', 'ws-2'].map((host) => ({
          ...use(host, day, 'notepad.exe b.txt'),
          image: 'C:\\Windows\\System32\\notepad.exe',
        })),
      ),
    )
    await recompute(pool())
    await pool().query(
      "UPDATE host_alias SET host_id = (SELECT id FROM host WHERE name = 'ws-1') WHERE alias = 'ws-3'",
    )
    const batchId = await proposeBatch(actor('ada'), { ...batch, slugs: ['regasm.exe', 'regsvcs.exe'] })
    const made = await prisma().decision.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
    const items = made.map(({ id, version }) => ({ id, version }))
    const answer = { batchId, move: 'approve' as const, comment: 'all' }
    await expect(decideBatch(actor('mia'), { ...answer, items: items.slice(1) })).rejects.toMatchObject({
      code: 'conflict',
    })
    await decideBatch(actor('mia'), { ...answer, items })
    for (const { id } of items)
      expect(await actionsOn(id)).toEqual(['decision-proposed', 'decision-approved'])
    await expect(decideBatch(actor('max'), { ...answer, items })).rejects.toMatchObject({ code: 'conflict' })
  })
})
