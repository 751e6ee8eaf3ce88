import { beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { listIncidents } from '@/lib/store/screens/incidents'
import { assignHosts, createHostGroup } from './host-groups'
import {
  declareIncident,
  endIncident,
  type IncidentDraft,
  previewIncident,
  withdrawIncident,
} from './incidents'
import { queueRebuild, recompute } from './recompute/recompute'
import { derived, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
let hostIds: Map<string, number>
/** Of ws-3, which the other hosts can be compared with. */
let otherGroup: number

beforeAll(async () => {
  const { rows } = await pool().query('SELECT id, name FROM host')
  hostIds = new Map(rows.map(({ id, name }) => [name, id]))
  otherGroup = await createHostGroup(systemActor('test'), 'Others')
})
beforeEach(async () => {
  await pool().query('DELETE FROM incident')
  await pool().query(`UPDATE host_work SET dirty_from = '2026-01-05', revision = revision + 1`)
  await recompute(pool())
})

function draft(traits: Partial<IncidentDraft> = {}): IncidentDraft {
  return {
    name: 'Break-in',
    scope: { kind: 'hosts', ids: [hostIds.get('ws-1.example') ?? 0] },
    from: '2026-01-06',
    to: '2026-01-07',
    groupId: null,
    ...traits,
  }
}

/** The days of a host that taught something. */
async function trustedDays(host: string): Promise<string[]> {
  const { rows } = await pool().query(
    'SELECT DISTINCT day FROM usage WHERE host_id = $1 AND trusted ORDER BY day',
    [hostIds.get(host)],
  )
  return rows.map(({ day }) => day)
}

async function versionOf(id: number): Promise<{ id: number; version: number }> {
  const { rows } = await pool().query('SELECT id, version FROM incident WHERE id = $1', [id])
  return rows[0]
}

test('the days of an incident teach nothing, those around it do', async () => {
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'])
  await declareIncident(examples().responder, draft())
  await recompute(pool())
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05', '2026-01-08'])
  const { rows } = await pool().query(
    "SELECT count(*)::int AS observed FROM usage WHERE observed AND host_id = $1 AND day BETWEEN '2026-01-06' AND '2026-01-07'",
    [hostIds.get('ws-1.example')],
  )
  expect(rows).toEqual([{ observed: 0 }])
})

test('its days are judged by the baseline of the group to compare with, not by what the host itself is used to', async () => {
  const unknown = async () => {
    const { rows } = await pool().query(
      `SELECT DISTINCT nu_millis FROM deviation_hit WHERE host_id = $1 AND day = '2026-01-07'`,
      [hostIds.get('ws-1.example')],
    )
    return rows.map(({ nu_millis }) => nu_millis)
  }
  const [usual] = await unknown()
  expect(usual).toBeLessThan(1000)
  await declareIncident(examples().responder, draft({ groupId: otherGroup }))
  await recompute(pool())
  expect(await unknown()).toEqual([1000])
})

test('a rebuild gives the same bits as declaring it after the fact', async () => {
  await declareIncident(examples().responder, draft({ groupId: examples().groupId, to: null }))
  await recompute(pool())
  const incremental = await derived()
  await queueRebuild(pool())
  await recompute(pool())
  expect(await derived()).toEqual(incremental)
})

test('ending it works backwards: the days after its last one teach again', async () => {
  const id = await declareIncident(examples().responder, draft({ to: null }))
  await recompute(pool())
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05'])
  await endIncident(examples().responder, { ...(await versionOf(id)), to: '2026-01-06' })
  await recompute(pool())
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05', '2026-01-07', '2026-01-08'])
  await endIncident(examples().responder, { ...(await versionOf(id)), to: '2026-01-07' })
  await recompute(pool())
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05', '2026-01-08'])
  const incremental = await derived()
  await queueRebuild(pool())
  await recompute(pool())
  expect(await derived()).toEqual(incremental)
})

test('withdrawing it leaves everything as if it had never been declared', async () => {
  const before = await derived()
  const id = await declareIncident(examples().responder, draft())
  await recompute(pool())
  expect(await derived()).not.toEqual(before)
  await withdrawIncident(examples().responder, await versionOf(id))
  await recompute(pool())
  expect(await derived()).toEqual(before)
})

test('of a group, it takes in the hosts that belonged to it on the day', async () => {
  const scope = { kind: 'groups' as const, ids: [examples().groupId] }
  expect(await previewIncident(examples().responder, draft({ scope }))).toEqual({
    hosts: 2,
    hostDays: 4,
    executions: 7,
    trustedExecutions: 2,
  })
  await declareIncident(examples().responder, draft({ scope }))
  await recompute(pool())
  expect(await trustedDays('ws-1.example')).toEqual(['2026-01-05', '2026-01-08'])
})

test('hosts can be named as people know them; a name that nobody has is told', async () => {
  const named = (...names: string[]) => draft({ scope: { kind: 'names', names } })
  expect(await previewIncident(examples().responder, named(' WS-1.example', ''))).toMatchObject({ hosts: 1 })
  await expect(previewIncident(examples().responder, named('ws-1.example', 'nobody'))).rejects.toThrow(
    'nobody',
  )
  await expect(previewIncident(examples().groupResponder, named('ws-3.example'))).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(previewIncident(examples().responder, named(' '))).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('is in the audit log', async () => {
  const id = await declareIncident(examples().responder, draft())
  await endIncident(examples().responder, { ...(await versionOf(id)), to: '2026-01-06' })
  await withdrawIncident(examples().responder, await versionOf(id))
  const { rows } = await pool().query(
    "SELECT action, detail->>'name' AS name FROM audit_entry WHERE subject_kind = 'incident' AND subject_id = $1 ORDER BY id",
    [String(id)],
  )
  expect(rows).toEqual(
    ['incident-declared', 'incident-ended', 'incident-withdrawn'].map((action) => ({
      action,
      name: 'Break-in',
    })),
  )
})

test.each([
  ['without a name', { name: ' ' }, 'invalid-input'],
  ['that ends before it begins', { to: '2026-01-05' }, 'invalid-input'],
  ['of no hosts', { scope: { kind: 'hosts' as const, ids: [] } }, 'invalid-input'],
  ['of a host that is gone', { scope: { kind: 'hosts' as const, ids: [999_999] } }, 'not-found'],
  ['compared with a group that is gone', { groupId: 999_999 }, 'not-found'],
])('an incident %s is refused', async (_, traits, code) => {
  await expect(declareIncident(examples().responder, draft(traits))).rejects.toMatchObject({ code })
})

test('whether hosts and groups that they may not see exist is not told to an account of some groups', async () => {
  const hidden = (await pool().query("SELECT id FROM host WHERE name = 'ws-3.example'")).rows[0].id
  const refusals = [
    { scope: { kind: 'hosts' as const, ids: [hidden] } },
    { scope: { kind: 'hosts' as const, ids: [999_999] } },
    { scope: { kind: 'groups' as const, ids: [otherGroup] } },
    { scope: { kind: 'groups' as const, ids: [999_999] } },
    { groupId: otherGroup },
    { groupId: 999_999 },
  ].map(async (traits) => {
    const { code, message } = await previewIncident(examples().groupResponder, draft(traits)).catch(
      (error) => error,
    )
    return `${code}: ${message}`
  })
  expect(new Set(await Promise.all(refusals))).toEqual(
    new Set(['forbidden: It concerns hosts or groups that do not exist or that you may not see.']),
  )
})

test('a group is not judged by its own baseline, which is what is in doubt', async () => {
  const { groupId } = examples()
  const own = draft({ scope: { kind: 'groups', ids: [groupId] }, groupId })
  await expect(declareIncident(examples().responder, own)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('of two people who change one at once, the second is told', async () => {
  const id = await declareIncident(examples().responder, draft())
  const read = await versionOf(id)
  await endIncident(examples().responder, { ...read, to: '2026-01-06' })
  await expect(withdrawIncident(examples().responder, read)).rejects.toMatchObject({ code: 'conflict' })
})

test('whoever sees a part of its hosts reads neither their names nor what was written of them', async () => {
  await declareIncident(examples().responder, draft({ note: 'ws-1 came back from the thief' }))
  expect(await listIncidents({ kind: 'all' })).toMatchObject([
    { where: ['ws-1.example'], note: 'ws-1 came back from the thief' },
  ])
  expect(await listIncidents({ kind: 'groups', groupIds: [otherGroup] })).toMatchObject([
    { name: 'Break-in', where: null, note: null },
  ])
})

test('a viewer may not, and a responder only where they see every host', async () => {
  await expect(declareIncident(examples().viewer, draft())).rejects.toMatchObject({ code: 'forbidden' })
  const hidden = draft({ scope: { kind: 'hosts', ids: [hostIds.get('ws-3.example') ?? 0] } })
  await expect(declareIncident(examples().groupResponder, hidden)).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(previewIncident(examples().groupResponder, hidden)).rejects.toMatchObject({
    code: 'forbidden',
  })
  const id = await declareIncident(examples().responder, hidden)
  await expect(withdrawIncident(examples().groupResponder, await versionOf(id))).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(withdrawIncident(examples().viewer, await versionOf(id))).rejects.toMatchObject({
    code: 'forbidden',
  })
  await assignHosts(systemActor('test'), { hostIds: [hostIds.get('ws-3.example') ?? 0], groupId: otherGroup })
})
