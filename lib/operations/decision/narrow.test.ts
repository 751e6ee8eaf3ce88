import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { listBlocks } from '@/lib/store/blocks'
import { decisionsQuery } from '@/lib/store/exports/work'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { listNarrowable, loadNarrowedReplay } from '@/lib/store/screens/decision/narrowed'
import { findDecision } from '@/lib/store/screens/decisions'
import { rows } from '@/lib/store/sql'
import { examplePerson } from '../example-person'
import { changeDecisionSettings } from './change-decision-settings'
import { decide } from './decide'
import { exampleFleet, exampleProposal, stateOf } from './example-decisions'

const actor = exampleFleet()
let quiet: number
let busy: number

const approve = (name: string, id: number, scope: DecisionScope | null, version = 1) =>
  decide(actor(name), { id, version, move: 'approve', comment: '', scope })
const groups = (...ids: number[]): DecisionScope => ({ kind: 'groups', ids })
const REFUSED = { code: 'invalid-input' }

async function createGroup(name: string, host: string): Promise<number> {
  const { id } = await prisma().hostGroup.create({ data: { name } })
  await pool().query(
    `INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '2020-01-01' FROM host WHERE name = $2`,
    [id, host],
  )
  return id
}

beforeAll(async () => {
  busy = await createGroup('Busy', 'ws-1')
  quiet = await createGroup('Quiet', 'ws-2')
})

test('an approval lets a decision hold in fewer places, on record and with what is known there', async () => {
  const id = await exampleProposal(actor('ada'))
  await approve('mia', id, groups(quiet))
  const stored = await prisma().decision.findUniqueOrThrow({ where: { id } })
  expect(stored).toMatchObject({ state: 'approved', scope: groups(quiet), proposedScope: { kind: 'fleet' } })
  expect(readEvidence(stored.evidence)).toMatchObject({ executions: 2, hosts: 1 })
  expect(readEvidence(stored.decidedEvidence)).toMatchObject({ executions: 0, hosts: 0 })
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-approved', subjectId: String(id) },
  })
  expect(detail).toMatchObject({
    scope: groups(quiet),
    proposedScope: { kind: 'fleet' },
    evidence: { executions: 0 },
  })
  const [block] = await listBlocks(pool(), '2026-02-01')
  expect(block?.hosts.map(({ name }) => name)).toEqual(['ws-2'])
  // what is known now is held against what was known of the same hosts
  expect(await loadDecision({ kind: 'all' }, id, null)).toMatchObject({
    where: 'Quiet',
    proposedScope: { kind: 'fleet' },
    evidence: { executions: 0 },
    changes: [],
  })
})

test('it takes places away and adds none, in one of two approvals with the second', async () => {
  const narrow = await exampleProposal(actor('ada'), { scope: groups(busy) })
  await expect(approve('mia', narrow, groups(busy, quiet))).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', narrow, groups())).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', narrow, { kind: 'fleet' })).rejects.toMatchObject(REFUSED)
  expect(await stateOf(narrow)).toBe('proposed')
  await prisma().decision.deleteMany()
  const admin = await examplePerson('ruth', 'admin')
  await changeDecisionSettings(admin, { twoForFleet: true })
  const wide = await exampleProposal(actor('ada'))
  await expect(approve('mia', wide, groups(busy))).rejects.toMatchObject(REFUSED)
  await approve('mia', wide, null)
  expect(await stateOf(wide)).toBe('proposed')
  await approve('max', wide, groups(busy), 2)
  expect(await prisma().decision.findUniqueOrThrow({ where: { id: wide } })).toMatchObject({
    state: 'approved',
    scope: groups(busy),
  })
  await changeDecisionSettings(admin, { twoForFleet: false })
})

test('no ring loses its last host', async () => {
  const id = await exampleProposal(actor('ada'), {
    rings: [
      { name: 'First', groupIds: [busy] },
      { name: 'The rest', groupIds: [] },
    ],
  })
  await expect(approve('mia', id, groups(quiet))).rejects.toThrow(/“First”/)
  await approve('mia', id, groups(quiet, busy))
  expect(await stateOf(id)).toBe('approved')
})

test('a host that an exception spares is in no ring', async () => {
  const id = await exampleProposal(actor('ada'), {
    verdict: 'restrict',
    exceptions: [{ kind: 'group', id: quiet, reason: 'Not yet.', until: null }],
  })
  await expect(approve('mia', id, groups(quiet))).rejects.toThrow(/No host would be left/)
  expect(await stateOf(id)).toBe('proposed')
})

test('who decides is told what it would interrupt there, and nobody what it would elsewhere', async () => {
  const id = await exampleProposal(actor('ada'))
  const interrupted = async (scope: DecisionScope) =>
    (await loadNarrowedReplay({ kind: 'all' }, null, id, scope))?.replay.interrupted.executions
  expect(await interrupted(groups(busy))).toBe(2)
  expect(await interrupted(groups(quiet))).toBe(0)
  await expect(interrupted({ kind: 'fleet' })).rejects.toMatchObject({ code: 'invalid-input' })
  const limited = { kind: 'groups', groupIds: [busy] } as const
  await expect(loadNarrowedReplay(limited, null, id, groups(busy))).rejects.toMatchObject({
    code: 'not-found',
  })
  const decision = await findDecision({ kind: 'all' }, id, null)
  if (decision === null) throw new Error('no decision')
  const choices = (await listNarrowable({ kind: 'all' }, decision))?.choices
  expect(choices?.map(({ name }) => name)).toEqual(['Busy', 'Quiet'])
  expect(await listNarrowable({ kind: 'all' }, { ...decision, scope: groups(busy) })).toBeNull()
})

test('who sees no more than the places it was narrowed to learns nothing of the others, on its page or as CSV', async () => {
  const id = await exampleProposal(actor('ada'), {
    scope: groups(busy, quiet),
    justification: 'ws-1 has one form.',
    ticket: 'WS-1',
  })
  await approve('mia', id, groups(quiet))
  const limited = { kind: 'groups', groupIds: [quiet] } as const
  const seen = await loadDecision(limited, id, null)
  expect(seen).toMatchObject({ visible: true, evidence: { executions: 0 }, comment: null, ticket: null })
  expect(seen?.justification).not.toContain('ws-1')
  expect(seen?.history.map(({ detail }) => detail)).toEqual([null, null, null])
  const exported = async (scope: Scope) =>
    await rows(pool(), decisionsQuery(scope, { q: '', filters: {} }, null))
  expect(await exported(limited)).toMatchObject([
    { evidence_executions: '0', evidence_hosts: '0', justification: null, ticket: null },
  ])
  // the same numbers as the page shows
  expect(await exported({ kind: 'all' })).toMatchObject([
    { evidence_executions: '0', justification: 'ws-1 has one form.' },
  ])
  expect((await loadDecision({ kind: 'all' }, id, null))?.history[0]?.detail).toMatchObject({
    scope: groups(quiet),
  })
})

test('it is narrowed to places that are there, and to fewer of them: a merged host is the one that it became', async () => {
  const wide = await exampleProposal(actor('ada'))
  const { id: gone } = await prisma().hostGroup.create({ data: { name: 'Gone' } })
  await prisma().hostGroup.delete({ where: { id: gone } })
  await expect(approve('mia', wide, groups(gone))).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', wide, groups(quiet, gone))).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', wide, { kind: 'hosts', ids: [2_000_000_000] })).rejects.toMatchObject(REFUSED)
  const { rows: hosts } = await pool().query<{ id: number }>(
    `SELECT id FROM host WHERE name IN ('ws-2', 'ws-3') ORDER BY name`,
  )
  const [two = 0, three = 0] = hosts.map(({ id }) => id)
  const both = await exampleProposal(actor('ada'), { scope: { kind: 'hosts', ids: [two, three] } })
  await pool().query('UPDATE host SET merged_into = $1 WHERE id = $2', [two, three])
  try {
    await expect(approve('mia', both, { kind: 'hosts', ids: [two] })).rejects.toMatchObject(REFUSED)
    const decision = await findDecision({ kind: 'all' }, both, null)
    expect(decision && (await listNarrowable({ kind: 'all' }, decision))).toBeNull()
  } finally {
    await pool().query('UPDATE host SET merged_into = NULL WHERE id = $1', [three])
  }
})
