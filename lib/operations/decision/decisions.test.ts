import { describe, expect, test } from 'vitest'
import type { Actor, Scope } from '@/lib/pipeline/actor'
import { systemActor } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { inline } from '@/lib/store/exports/copy-out'
import { decisionsQuery } from '@/lib/store/exports/work'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { listHostNames, loadEvidenceThere } from '@/lib/store/screens/decision/form'
import { findDecision } from '@/lib/store/screens/decisions'
import { searchNames } from '@/lib/store/screens/search'
import { verifyAudit } from '../verify-audit'
import { decide } from './decide'
import { exampleDraft, exampleFleet, exampleProposal, exampleTerms, stateOf } from './example-decisions'
import { explainAttempts } from './explain-attempts'
import { proposeDecision } from './propose-decision'
import { saveDraft } from './save-draft'
import { withdrawDecision } from './withdraw-decision'

const actor = exampleFleet()
const propose = (name: string) => exampleProposal(actor(name))
const judge = (name: string, id: number, move: 'approve' | 'reject', version = 1) =>
  decide(actor(name), { id, version, move, comment: 'seen' })

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
  test('is told before what is known where it is to hold, of hosts in sight alone', async () => {
    const entry = await prisma().catalogueEntry.findUniqueOrThrow({ where: { slug: 'mshta.exe' } })
    const hosts = await prisma().host.findMany({ orderBy: { name: 'asc' } })
    const seenOn = async (scope: Scope, ...ids: number[]) =>
      (await loadEvidenceThere(scope, entry, { kind: 'hosts', ids })).executions
    const [one = 0, two = 0] = hosts.map(({ id }) => id)
    expect(await seenOn({ kind: 'all' }, one)).toBe(2)
    expect(await seenOn({ kind: 'all' }, two)).toBe(0)
    const limited = seenOn({ kind: 'groups', groupIds: [2_000_000] }, one)
    await expect(limited).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('takes a responder: a viewer is refused', async () => {
    await expect(propose('vic')).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('takes a note', async () => {
    const draft = await exampleDraft(actor('ada'), { justification: '  ' })
    await expect(proposeDecision(actor('ada'), draft)).rejects.toMatchObject({ code: 'invalid-input' })
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
    // drafted, proposed, and one judgement
    expect(written).toBe(3)
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
    await expect(decide(narrow, { id, version: 1, move: 'approve', comment: '' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const mia = { accountId: actor('mia').accountId, mayDecide: true }
    expect((await findDecision(narrow.scope, id, mia))?.evidence).toBeNull()
    expect((await findDecision(actor('mia').scope, id, mia))?.evidence).not.toBeNull()
  })
  test('what a block spares is not read by who does not see all the hosts', async () => {
    const spared = { kind: 'pattern', value: 'mshta users\\ada.hta', reason: 'form', until: null } as const
    const id = await exampleProposal(actor('ada'), { verdict: 'restrict', exceptions: [spared] })
    const exceptionsFor = async (scope: Scope) => (await findDecision(scope, id, null))?.exceptions
    expect(await exceptionsFor({ kind: 'all' })).toEqual([spared])
    const [hidden] = (await exceptionsFor({ kind: 'groups', groupIds: [1] })) ?? []
    expect(hidden).toMatchObject({ kind: 'pattern', value: 'exception 1, which you may not see' })
    expect(hidden?.reason).not.toContain('form')
  })
  test('why a block is there is told to everybody of the fleet, else to those who see its hosts: on pages, in searches and in the CSV', async () => {
    const { id: hostId } = await prisma().host.findFirstOrThrow({ where: { name: 'ws-1' } })
    const said = { justification: 'secret-host was hit', ticket: 'secret-7' }
    const spared = { kind: 'host', id: hostId, reason: 'secret-host needs it', until: null } as const
    const narrow: Scope = { kind: 'groups', groupIds: [1] }
    const read = async (id: number, scope: Scope) => {
      const request = { q: 'secret', filters: {} }
      const csv = await pool().query(inline(decisionsQuery(scope, { ...request, q: '' }, null)))
      const found = await pool().query(inline(decisionsQuery(scope, request, null)))
      return {
        shown: JSON.stringify([await findDecision(scope, id, null), csv.rows]),
        found: found.rows.length,
      }
    }
    const ofHost = await exampleProposal(actor('ada'), { ...said, scope: { kind: 'hosts', ids: [hostId] } })
    await judge('mia', ofHost, 'reject')
    await prisma().decision.update({ where: { id: ofHost }, data: { comment: 'no, secret-host is fine' } })
    expect(await read(ofHost, { kind: 'all' })).toMatchObject({
      shown: expect.stringMatching(/was hit.*is fine/s),
      found: 1,
    })
    const untold = await read(ofHost, narrow)
    expect(untold.shown).not.toContain('secret')
    expect(untold.found).toBe(0)
    const ofFleet = await exampleProposal(actor('ada'), {
      ...said,
      verdict: 'restrict',
      exceptions: [spared],
    })
    expect((await read(ofFleet, narrow)).shown).toContain('secret-host was hit')
    expect((await read(ofFleet, narrow)).shown).not.toContain('secret-host needs it')
  })
  test('a manager who was limited to a group after their page was made decides nothing about the others', async () => {
    const id = await propose('ada')
    const { accountId } = actor('mia')
    const { id: groupId } = await prisma().hostGroup.create({ data: { name: 'Kiosks' } })
    await prisma().accountHostGroup.create({ data: { accountId, groupId } })
    await expect(judge('mia', id, 'approve')).rejects.toThrow('hosts that you may not see')
    expect(await stateOf(id)).toBe('proposed')
    await prisma().accountHostGroup.deleteMany({ where: { accountId } })
    await judge('mia', id, 'approve')
  })
  test('somebody who sees a part of the hosts learns nothing of what the others did', async () => {
    const id = await propose('ada')
    const host = { id: 1, name: 'secret-host' }
    const watch = {
      ...{ version: 1, hosts: 3, reporting: 2, silent: [host], days: 9, confirmed: 0, executions: 4 },
      ...{ executionHosts: 1, unheard: [host], wouldBlock: 2, blocked: 0, moreKinds: 0, unmatched: 4 },
      kinds: [{ kind: '["p","u"]', parent: 'p', user: 'secret-user', events: 2, hosts: 1, spared: false }],
      unmatchedOn: [host],
    }
    await prisma().decision.update({ where: { id }, data: { state: 'enforced' } })
    await prisma().decisionRing.updateMany({
      where: { decisionId: id },
      data: { state: 'enforced', since: new Date(), watch, watchedAt: new Date() },
    })
    await explainAttempts(actor('ben'), { id, kind: '["p","u"]', reason: 'secret-host again' })
    const mia = { accountId: actor('mia').accountId, mayDecide: true }
    const shown = async (scope: Actor['scope']) =>
      JSON.stringify([await loadDecision(scope, id, mia), await findDecision(scope, id, mia)])
    expect(await shown({ kind: 'all' })).toMatch(/secret-user.*secret-host/s)
    expect(await shown({ kind: 'groups', groupIds: [1] })).not.toContain('secret')
  })
  test('hosts that a decision is about are named to those who see them', async () => {
    const { id: hostId, name } = await prisma().host.findFirstOrThrow({ where: { name: 'ws-1' } })
    const scope: DecisionScope = { kind: 'hosts', ids: [hostId] }
    const id = await exampleProposal(actor('ada'), { scope })
    const mia = { accountId: actor('mia').accountId, mayDecide: true }
    const none: Scope = { kind: 'groups', groupIds: [1] }
    expect((await findDecision({ kind: 'all' }, id, mia))?.where).toBe(name)
    expect((await findDecision(none, id, mia))?.where).not.toContain(name)
    expect(await listHostNames({ kind: 'all' }, [hostId])).toHaveLength(1)
    expect(await listHostNames(none, [hostId])).toEqual([])
  })
  test('a draft spares and rings no host or group out of its author’s sight, and its ids fit the database', async () => {
    const groupId = (await prisma().hostGroup.create({ data: { name: 'Kept apart' } })).id
    const own = (await prisma().hostGroup.create({ data: { name: 'Own' } })).id
    const narrow = { ...actor('ada'), scope: { kind: 'groups' as const, groupIds: [own] } }
    const scope: DecisionScope = { kind: 'groups', ids: [own] }
    const spared = { reason: 'x', until: null }
    await exampleDraft(narrow, { scope, exceptions: [{ kind: 'group', id: own, ...spared }] })
    for (const terms of [
      { exceptions: [{ kind: 'group', id: groupId, ...spared } as const] },
      { exceptions: [{ kind: 'host', id: 1, ...spared } as const] },
      { rings: [{ name: 'First', groupIds: [groupId] }, ...ONE_RING] },
    ])
      await expect(exampleDraft(narrow, { scope, ...terms })).rejects.toMatchObject({ code: 'forbidden' })
    const beyond: DecisionScope = { kind: 'hosts', ids: [2 ** 31] }
    await expect(exampleDraft(actor('ada'), { scope: beyond })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
  test('a decision that was read before it changed cannot be changed', async () => {
    const id = await propose('ada')
    await expect(judge('mia', id, 'approve', 7)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('withdrawing', () => {
  test('is the proposer’s alone, and final', async () => {
    const id = await propose('ada')
    await expect(withdrawDecision(actor('ben'), { id, version: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await withdrawDecision(actor('ada'), { id, version: 1 })
    expect(await stateOf(id)).toBe('withdrawn')
    await expect(judge('mia', id, 'approve', 2)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('drafts', () => {
  test('are kept incomplete, and seen by their author alone', async () => {
    const { id } = await exampleDraft(actor('ada'), { justification: '', control: null })
    const of = (name: string) =>
      findDecision(actor(name).scope, id, { accountId: actor(name).accountId, mayDecide: true })
    expect(await of('ada')).toMatchObject({ state: 'draft', control: null })
    expect(await of('mia')).toBeNull()
    const found = await searchNames({ kind: 'all' }, `#${id}`)
    expect(found.filter(({ type }) => type === 'Decision')).toEqual([])
  })
  test('are rewritten only as they were read', async () => {
    const target = await exampleDraft(actor('ada'))
    const again = { slug: 'mshta.exe', terms: exampleTerms({ ticket: 'CHG-1' }), target }
    expect(await saveDraft(actor('ada'), again)).toEqual({ id: target.id, version: 1 })
    await expect(saveDraft(actor('ada'), again)).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      saveDraft(actor('ben'), { ...again, target: { ...target, version: 1 } }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

test('an approval ends a decision earlier than proposed, never later', async () => {
  const id = await propose('ada')
  const approve = (lastDay: string, version = 1) =>
    decide(actor('mia'), { id, version, move: 'approve', comment: 'for the audit', lastDay })
  await expect(approve('2020-01-01')).rejects.toMatchObject({ code: 'invalid-input' })
  await prisma().decision.update({ where: { id }, data: { expiresOn: new Date('2099-06-30') } })
  await expect(approve('2099-07-01')).rejects.toMatchObject({ code: 'invalid-input' })
  await approve('2099-05-31')
  const { expiresOn, state } = await prisma().decision.findUniqueOrThrow({ where: { id } })
  expect([state, expiresOn?.toISOString().slice(0, 10)]).toEqual(['approved', '2099-05-31'])
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-approved', subjectId: String(id) },
  })
  expect(detail).toMatchObject({ lastDay: '2099-05-31', proposedLastDay: '2099-06-30' })
})

test('every change is in the audit log, and the log is intact', async () => {
  const id = await propose('ada')
  await judge('mia', id, 'reject')
  const written = await prisma().auditEntry.findMany({
    where: { subjectKind: 'decision', subjectId: String(id) },
    orderBy: { id: 'asc' },
  })
  expect(written.map(({ action, actorName }) => [action, actorName])).toEqual([
    ['decision-drafted', 'ada'],
    ['decision-proposed', 'ada'],
    ['decision-rejected', 'mia'],
  ])
  expect(await verifyAudit(systemActor('test'))).toMatchObject({ intact: true })
})
