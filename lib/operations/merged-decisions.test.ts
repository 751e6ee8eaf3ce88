import { beforeAll, expect, test, vi } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { LOCKS } from '@/lib/store/advisory-lock'
import { listBlocks } from '@/lib/store/blocks'
import { followAudit } from '@/lib/store/notifications/follow'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { loadMergePreview } from '@/lib/store/screens/host/merge-preview'
import { loadSplitPreview } from '@/lib/store/screens/host/split-preview'
import { listInbox } from '@/lib/store/screens/notifications'
import { decide } from './decision/decide'
import { actionsOn, exampleFleet, exampleProposal } from './decision/example-decisions'
import { assignHosts, createHostGroup } from './host-groups'
import { mergeHosts, splitHost } from './host-identity'

const ADMIN = systemActor('test')
const actor = exampleFleet()
const ids = new Map<string, number>()
const idOf = (host: string) => ids.get(host) ?? 0
let tills: number

async function approvedOn(scope: DecisionScope, slug: string): Promise<number> {
  const id = await exampleProposal(actor('ada'), { scope }, slug)
  await decide(actor('mia'), { id, version: 1, move: 'approve', comment: '' })
  return id
}

beforeAll(async () => {
  for (const { id, name } of await prisma().host.findMany()) ids.set(name, id)
  const kiosks = await createHostGroup(ADMIN, 'Kiosks')
  tills = await createHostGroup(ADMIN, 'Tills')
  await assignHosts(ADMIN, { hostIds: [idOf('ws-1')], groupId: kiosks })
  await assignHosts(ADMIN, { hostIds: [idOf('ws-2')], groupId: tills })
})

test('what a merge changes of where decisions hold is told before, comes true, and stands in their history', async () => {
  const certain = await approvedOn({ kind: 'hosts', ids: [idOf('ws-1')] }, 'mshta.exe')
  const ofGroup = await approvedOn({ kind: 'groups', ids: [tills] }, 'rundll32.exe')
  const ofFleet = await approvedOn({ kind: 'fleet' }, 'regsvr32.exe')
  const hostIds = [idOf('ws-1'), idOf('ws-2')]
  const { blocks } = await loadMergePreview({ kind: 'all' }, hostIds)
  expect(blocks[idOf('ws-2')]).toEqual([
    { decisionId: certain, binary: 'Mshta.exe', holds: true, hosts: ['ws-2'] },
    { decisionId: ofGroup, binary: 'Rundll32.exe', holds: true, hosts: ['ws-1'] },
  ])
  expect(blocks[idOf('ws-1')]).toEqual([
    { decisionId: certain, binary: 'Mshta.exe', holds: true, hosts: ['ws-2'] },
    { decisionId: ofGroup, binary: 'Rundll32.exe', holds: false, hosts: ['ws-2'] },
  ])

  await mergeHosts(ADMIN, { hostIds, intoId: idOf('ws-1') })
  const hostsOf = new Map(
    (await listBlocks(pool(), '2026-02-01')).map(({ decisionId, hosts }) => [
      decisionId,
      hosts.map(({ name }) => name),
    ]),
  )
  expect(hostsOf.get(certain)).toEqual(['ws-1'])
  expect(hostsOf.get(ofGroup)).toEqual([])
  expect(await actionsOn(certain)).toContain('decision-hosts-merged')
  expect(await actionsOn(ofFleet)).not.toContain('decision-hosts-merged')
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-hosts-merged', subjectId: String(ofGroup) },
  })
  expect(detail).toEqual({ ends: ['ws-2'] })
  while (await followAudit(pool(), new Set()));
  const titles = (await listInbox(actor('ada').accountId)).map(({ title }) => title)
  expect(titles.filter((title) => title.includes('merged'))).toEqual([
    'Decisions hold for other hosts: some were merged',
  ])
  // who sees the tills alone learns that one of them went, and not of which host out of sight it is a name now
  const seen = await loadDecision({ kind: 'groups', groupIds: [tills] }, ofGroup, null)
  expect(seen?.history[0]).toMatchObject({ action: 'decision-hosts-merged' })
  expect(JSON.stringify(seen?.history)).not.toContain('ws-1')
})

test('a split that lets decisions hold for other hosts tells so before, stands in their history, and who answers is told once', async () => {
  const ofOne = await approvedOn({ kind: 'hosts', ids: [idOf('ws-3')] }, 'msiexec.exe')
  const ofFleet = await approvedOn({ kind: 'fleet' }, 'cmstp.exe')
  await mergeHosts(ADMIN, { hostIds: [idOf('ws-1'), idOf('ws-3')], intoId: idOf('ws-1') })
  expect(await loadSplitPreview({ kind: 'all' }, idOf('ws-1'), ['ws-3'])).toEqual([
    { decisionId: ofOne, binary: 'Msiexec.exe', holds: false, hosts: ['ws-1'] },
  ])
  expect(await loadSplitPreview({ kind: 'groups', groupIds: [] }, idOf('ws-1'), ['ws-3'])).toEqual([])
  expect(await splitHost(ADMIN, { hostId: idOf('ws-1'), names: ['ws-3'] })).toBe(idOf('ws-3'))
  const { detail } = await prisma().auditEntry.findFirstOrThrow({
    where: { action: 'decision-hosts-split', subjectId: String(ofOne) },
  })
  expect(detail).toEqual({ ends: ['ws-1'] })
  const held = (await listBlocks(pool(), '2026-02-01')).find(({ decisionId }) => decisionId === ofOne)
  expect(held?.hosts.map(({ name }) => name)).toEqual(['ws-3'])
  expect(await actionsOn(ofFleet)).not.toContain('decision-hosts-split')
  while (await followAudit(pool(), new Set()));
  const titles = (await listInbox(actor('ada').accountId)).map(({ title }) => title)
  expect(titles.filter((title) => title.includes('split'))).toEqual([
    'A decision holds for other hosts: one was split',
  ])
})

test('a merge that a split of one of its hosts overtook changes nothing: it was weighed with what is gone', async () => {
  const other = await pool().connect()
  try {
    await other.query('BEGIN')
    await other.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.hostNames])
    const overtaken = mergeHosts(ADMIN, { hostIds: [idOf('ws-1')], intoId: idOf('ws-3') }).catch(
      (error) => error,
    )
    await vi.waitFor(async () => {
      const waiting = await pool().query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
      expect(waiting.rowCount).toBe(1)
    })
    await other.query('UPDATE host SET merged_into = NULL WHERE id = $1', [idOf('ws-2')])
    await other.query('COMMIT')
    expect(await overtaken).toMatchObject({ code: 'conflict' })
  } finally {
    other.release()
  }
})
