import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { listBlocks } from '@/lib/store/blocks'
import { decisionsQuery } from '@/lib/store/exports/work'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { findLastRings } from '@/lib/store/screens/decision/form'
import { loadInterruption } from '@/lib/store/screens/decision/interruption'
import {
  listLeftOut,
  listNarrowable,
  listNarrowableHosts,
  loadNarrowedDecision,
} from '@/lib/store/screens/decision/narrowed'
import { type DecisionRow, findDecision } from '@/lib/store/screens/decisions'
import { rows } from '@/lib/store/sql'
import { examplePerson } from '../example-person'
import { changeDecisionSettings } from './change-decision-settings'
import { decide } from './decide'
import { exampleDraft, exampleFleet, exampleProposal, stateOf } from './example-decisions'
import { proposeDecision } from './propose-decision'
import { startAudit } from './start-audit'

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

/** In the order of their names. */
async function hostIds(...names: string[]): Promise<number[]> {
  const hosts = await prisma().host.findMany({ where: { name: { in: names } }, orderBy: { name: 'asc' } })
  return hosts.map(({ id }) => id)
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
    leftOut: 'Busy, hosts in no group',
  })
  const [block] = await listBlocks(pool(), '2026-02-01')
  expect(block?.hosts.map(({ name }) => name)).toEqual(['ws-2'])
  // what is known now is held against what was known of the same hosts
  expect(await loadDecision({ kind: 'all' }, id, null)).toMatchObject({
    where: 'Quiet',
    proposedScope: { kind: 'fleet' },
    proposedWhere: 'the whole fleet',
    evidence: { executions: 0 },
    proposedEvidence: { executions: 2, hosts: 1 },
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

const RINGS = () => [
  { name: 'First', groupIds: [busy] },
  { name: 'The rest', groupIds: [] },
]
const ringsOf = async (decisionId: number) =>
  await prisma().decisionRing.findMany({
    where: { decisionId },
    orderBy: { position: 'asc' },
    select: { position: true, name: true, groupIds: true },
  })

test('rings that it leaves no host fall away, on record, and the last of the others is everything else', async () => {
  const id = await exampleProposal(actor('ada'), { rings: RINGS() })
  await approve('mia', id, groups(quiet))
  expect(await ringsOf(id)).toEqual([{ position: 0, name: 'The rest', groupIds: [] }])
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-approved', subjectId: String(id) },
  })
  expect(detail).toMatchObject({ ringsDropped: ['First'] })
  await prisma().decision.deleteMany()
  const other = await exampleProposal(actor('ada'), { rings: RINGS() })
  await approve('mia', other, groups(busy))
  expect(await ringsOf(other)).toEqual([{ position: 0, name: 'First', groupIds: [] }])
})

test('a ring in audit loses no last host', async () => {
  const draft = await exampleDraft(actor('ada'), { rings: RINGS() })
  await startAudit(actor('ada'), draft)
  await proposeDecision(actor('ada'), { id: draft.id, version: 1 })
  await expect(approve('mia', draft.id, groups(quiet), 2)).rejects.toThrow(/“First”, which is in audit/)
  await approve('mia', draft.id, groups(quiet, busy), 2)
  expect(await ringsOf(draft.id)).toHaveLength(2)
})

test('a ring without a host of the scope is neither proposed nor audited', async () => {
  for (const [scope, ring] of [
    [groups(quiet), 'First'],
    [groups(busy), 'The rest'],
  ] as const) {
    const draft = await exampleDraft(actor('ada'), { scope, rings: RINGS() })
    await expect(proposeDecision(actor('ada'), draft)).rejects.toThrow(ring)
    await expect(startAudit(actor('ada'), draft)).rejects.toThrow(ring)
    expect(await stateOf(draft.id)).toBe('draft')
  }
  // what was audited is proposed all the same: its rings can no longer be written anew
  const audited = await exampleDraft(actor('ada'), { scope: groups(busy, quiet), rings: RINGS() })
  await startAudit(actor('ada'), audited)
  await prisma().decisionRing.updateMany({
    where: { decisionId: audited.id, position: 0 },
    data: { groupIds: [busy, quiet] },
  })
  await proposeDecision(actor('ada'), { id: audited.id, version: 1 })
})

test('a new rollout begins with those of the last rings that hold hosts of the scope, and not all of them', async () => {
  await exampleProposal(actor('ada'), { rings: RINGS() })
  const begins = async (scope: DecisionScope | null) =>
    (await findLastRings({ kind: 'all' }, scope && { scope, exceptions: [] }))?.map(({ name }) => name) ??
    null
  expect(await begins(null)).toEqual(['First', 'Everything else'])
  expect(await begins(groups(quiet, busy))).toEqual(['First', 'Everything else'])
  expect(await begins(groups(quiet))).toBeNull()
  expect(await begins(groups(busy))).toBeNull()
})

test('of host groups it may be narrowed to single hosts of theirs, and rings without one fall away', async () => {
  const [one = 0, three = 0] = await hostIds('ws-1', 'ws-3')
  const id = await exampleProposal(actor('ada'), { scope: groups(busy, quiet), rings: RINGS() })
  await expect(approve('mia', id, { kind: 'hosts', ids: [one, three] })).rejects.toMatchObject(REFUSED)
  await approve('mia', id, { kind: 'hosts', ids: [one] })
  expect(await ringsOf(id)).toEqual([{ position: 0, name: 'First', groupIds: [] }])
  const [block] = await listBlocks(pool(), '2026-02-01')
  expect(block?.hosts.map(({ name }) => name)).toEqual(['ws-1'])
  expect(await loadDecision({ kind: 'all' }, id, null)).toMatchObject({
    where: 'ws-1',
    evidence: { hosts: 1 },
  })
})

test('a host that an exception spares is in no ring', async () => {
  const id = await exampleProposal(actor('ada'), {
    verdict: 'restrict',
    exceptions: [{ kind: 'group', id: quiet, reason: 'Not yet.', until: null }],
  })
  await expect(approve('mia', id, groups(quiet))).rejects.toThrow(/No host would be left/)
  expect(await stateOf(id)).toBe('proposed')
})

test('who decides is told what it would interrupt there and which rings fall away, and nobody what it would elsewhere', async () => {
  const id = await exampleProposal(actor('ada'), { rings: RINGS() })
  const interrupted = async (scope: DecisionScope) =>
    (await loadNarrowedDecision({ kind: 'all' }, null, id, scope)).replayed?.replay.interrupted.executions
  expect(await interrupted(groups(busy))).toBe(2)
  expect(await interrupted(groups(quiet))).toBe(0)
  await expect(interrupted({ kind: 'fleet' })).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await loadNarrowedDecision({ kind: 'all' }, null, id, groups(quiet))).dropped).toEqual(['First'])
  const limited = { kind: 'groups', groupIds: [busy] } as const
  await expect(loadNarrowedDecision(limited, null, id, groups(busy))).rejects.toMatchObject({
    code: 'not-found',
  })
  const decision = await findDecision({ kind: 'all' }, id, null)
  if (decision === null) throw new Error('no decision')
  const choices = async (scope: DecisionScope) => {
    const narrowable = await listNarrowable({ kind: 'all' }, { ...decision, scope })
    return narrowable && { ...narrowable, groups: narrowable.groups.map(({ name }) => name) }
  }
  expect(await choices({ kind: 'fleet' })).toEqual({ groups: ['Busy', 'Quiet'], hosts: 3 })
  expect(await choices(groups(busy, quiet))).toEqual({ groups: ['Busy', 'Quiet'], hosts: 2 })
  expect(await choices(groups(busy))).toBeNull()
  const hosts = await listNarrowableHosts({ kind: 'all' }, null, id)
  expect(hosts.map(({ name }) => name)).toEqual(['ws-1', 'ws-2', 'ws-3'])
  await expect(listNarrowableHosts(limited, null, id)).rejects.toMatchObject({ code: 'not-found' })
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
  expect(seen).toMatchObject({ proposedWhere: '2 host groups', proposedEvidence: null })
  const seesBoth = await loadDecision({ kind: 'groups', groupIds: [busy, quiet] }, id, null)
  expect(seesBoth).toMatchObject({ proposedWhere: 'Busy, Quiet', proposedEvidence: { executions: 2 } })
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

test('what it left out is named, of what the reader sees', async () => {
  const all = { kind: 'all' } as const
  const limited = { kind: 'groups', groupIds: [quiet] } as const
  expect(await listLeftOut(all, groups(busy, quiet), groups(quiet))).toEqual(['Busy'])
  expect(await listLeftOut(limited, groups(busy, quiet), groups(quiet))).toEqual([])
  expect(await listLeftOut(limited, { kind: 'fleet' }, groups(busy))).toEqual(['Quiet'])
  const [one = 0, two = 0] = await hostIds('ws-1', 'ws-2')
  const hosts = (...ids: number[]): DecisionScope => ({ kind: 'hosts', ids })
  expect(await listLeftOut(all, hosts(one, two), hosts(two))).toEqual(['ws-1'])
  expect(await listLeftOut(all, groups(busy, quiet), hosts(two))).toEqual(['all other hosts of Busy, Quiet'])
  expect(await listLeftOut(limited, groups(busy, quiet), hosts(two))).toEqual(['all other hosts of Quiet'])
  expect(await listLeftOut(limited, hosts(one, two), hosts(two))).toEqual([])
})

test('it is narrowed to places that are there, and to fewer of them: a merged host is the one that it became', async () => {
  const wide = await exampleProposal(actor('ada'))
  const { id: gone } = await prisma().hostGroup.create({ data: { name: 'Gone' } })
  await prisma().hostGroup.delete({ where: { id: gone } })
  await expect(approve('mia', wide, groups(gone))).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', wide, groups(quiet, gone))).rejects.toMatchObject(REFUSED)
  await expect(approve('mia', wide, { kind: 'hosts', ids: [2_000_000_000] })).rejects.toMatchObject(REFUSED)
  const [two = 0, three = 0] = await hostIds('ws-2', 'ws-3')
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

test('what is said of a merged host is replayed on the host that it became, exceptions too', async () => {
  const [one = 0, three = 0] = await hostIds('ws-1', 'ws-3')
  const id = await exampleProposal(actor('ada'), { scope: { kind: 'hosts', ids: [three] } })
  const decision = await findDecision({ kind: 'all' }, id, null)
  if (decision === null) throw new Error('no decision')
  const interrupted = async (exceptions: DecisionRow['exceptions']) =>
    (await loadInterruption({ ...decision, exceptions }, { kind: 'all' }))?.replayed?.replay.interrupted
      .executions
  expect(await interrupted([])).toBe(0)
  await pool().query('UPDATE host SET merged_into = $1 WHERE id = $2', [one, three])
  try {
    expect(await interrupted([])).toBe(2)
    expect(await interrupted([{ kind: 'host', id: three, reason: 'Not yet.', until: null }])).toBe(0)
  } finally {
    await pool().query('UPDATE host SET merged_into = NULL WHERE id = $1', [three])
  }
})
