import { describe, expect, test } from 'vitest'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { readEvidence } from '@/lib/pipeline/decision/evidence'
import { listBlocks } from '@/lib/store/blocks'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import { loadDecision } from '@/lib/store/screens/decision/detail'
import { findDelegations } from '@/lib/store/screens/decision/form'
import { findDecision } from '@/lib/store/screens/decisions'
import { examplePerson } from '../example-person'
import { ingestExamples } from '../ingest/example-use'
import { recompute } from '../recompute/recompute'
import { breakGlass } from './break-glass'
import { changeDecisionSettings } from './change-decision-settings'
import { decide } from './decide'
import { delegate } from './delegate'
import {
  actionsOn,
  exampleDraft,
  exampleFleet,
  exampleProposal,
  exampleUse,
  stateOf,
} from './example-decisions'
import { expireDecisions } from './expire-decisions'
import { explainAttempts } from './explain-attempts'
import { moveRing } from './move-ring'
import { proposeDecision } from './propose-decision'
import { revokeDecision } from './revoke-decision'
import { startAudit } from './start-audit'
import { watchDecisions } from './watch-decisions'
import { withdrawDecision } from './withdraw-decision'

const actor = exampleFleet()
const propose = (name: string) => exampleProposal(actor(name))
const judge = (name: string, id: number, move: 'approve' | 'reject', version = 1) =>
  decide(actor(name), { id, version, move, comment: 'seen' })
const hostId = async (name: string) => (await prisma().host.findUniqueOrThrow({ where: { name } })).id

describe('evidence that changed', () => {
  test('a binary that ran first after the proposal asks for another look, and the look is on record', async () => {
    const id = await exampleProposal(actor('ada'), {}, 'cmstp.exe')
    await ingestExamples(pool(), [
      { ...exampleUse('ws-2', 6, 'cmstp.exe /s x.inf'), image: 'C:\\Windows\\System32\\cmstp.exe' },
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
    // the fleet by another name, and a part of it
    const onHosts = async (...names: string[]) => {
      const ids = await Promise.all(names.map(hostId))
      const named = await exampleProposal(actor('ada'), { scope: { kind: 'hosts', ids } }, 'cmstp.exe')
      await judge('mia', named, 'approve')
      return await stateOf(named)
    }
    expect(await onHosts('ws-1')).toBe('approved')
    expect(await onHosts('ws-1', 'ws-2')).toBe('proposed')
    await changeDecisionSettings(admin, { twoForFleet: false })
  })
})

const ringOf = async (id: number) =>
  (await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id } })).id

describe('rollout', () => {
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

describe('watching', () => {
  test('the worker sees what would be blocked, what still runs, who is silent, and what exceptions spare', async () => {
    const spared = { kind: 'user', value: 'CORP\\bob', reason: 'builds', until: null } as const
    const id = await exampleProposal(actor('ada'), { verdict: 'restrict', exceptions: [spared] })
    await judge('mia', id, 'approve')
    const ringId = await ringOf(id)
    await moveRing(actor('mia'), { id, version: 2, ringId, move: 'audit', reason: '' })
    await pool().query("UPDATE decision_ring SET since = '2026-01-05T00:00:00Z'")
    await attempt({ outcome: 1, user: 'CORP\\ada', at: '2026-01-05T10:00:00Z' })
    await attempt({ outcome: 1, user: 'CORP\\bob', at: '2026-01-05T11:00:00Z' })
    await watchDecisions(pool())
    const watched = async () =>
      await findDecision({ kind: 'all' }, id, { accountId: actor('mia').accountId, mayDecide: true })
    const audit = (await watched())?.rings[0]?.watch
    expect(audit).toMatchObject({
      hosts: 3,
      // process creations are all that any of them sent
      reporting: 3,
      silent: [],
      days: 1,
      executions: 2,
      executionHosts: 1,
      wouldBlock: 2,
      blocked: 0,
      unheard: [],
    })
    expect(audit?.kinds.map(({ user, spared }) => [user, spared]).sort()).toEqual([
      ['CORP\\ada', false],
      ['CORP\\bob', true],
    ])
    const kind = audit?.kinds.find(({ spared }) => !spared)?.kind ?? ''
    await explainAttempts(actor('ben'), { id, kind, reason: 'An old form.' })
    const detail = await loadDecision({ kind: 'all' }, id, {
      accountId: actor('mia').accountId,
      mayDecide: true,
    })
    expect(detail?.gates[0]?.checks.find((check) => check.id === 'explained')).toMatchObject({ ok: true })

    await moveRing(actor('mia'), { id, version: 3, ringId, move: 'enforce', reason: 'go' })
    await pool().query("UPDATE decision_ring SET since = '2026-01-05T00:00:00Z'")
    await attempt({ outcome: 2, user: 'CORP\\ada', at: '2026-01-05T10:00:01Z' })
    await watchDecisions(pool())
    const enforced = await watched()
    // one of two executions was stopped
    expect(enforced?.rings[0]?.watch).toMatchObject({ executions: 2, blocked: 1, unmatched: 1, confirmed: 0 })
    expect(enforced?.alarms.find(({ key }) => key === 'runs')).toMatchObject({ grave: true })
    expect((await listAlarms({ kind: 'all' }))[0]).toMatchObject({ decisionId: id, key: 'runs' })
    // AppLocker leaves SYSTEM alone, whether its SID or, from another sensor, only its name is known
    await pool().query("UPDATE principal SET name = 'NT AUTHORITY\\SYSTEM' WHERE name = 'CORP\\ada'")
    await pool().query('UPDATE decision_ring SET watched_at = NULL')
    await watchDecisions(pool())
    expect((await watched())?.rings[0]?.watch).toMatchObject({ executions: 0, unmatched: 0 })
    await pool().query("UPDATE principal SET name = 'CORP\\ada' WHERE name LIKE '%SYSTEM'")
    await pool().query('DELETE FROM attempt')
  })
})

/** What AppLocker said of mshta.exe on ws-1: 1 = would block, 2 = blocked. */
async function attempt({ outcome, user, at }: { outcome: number; user: string; at: string }): Promise<void> {
  await pool().query("SELECT make_partition('attempt', $1::timestamptz::date)", [at])
  await pool().query(
    `WITH who AS (INSERT INTO principal (id, sid, name) VALUES (hashtext($2), NULL, $2) ON CONFLICT DO NOTHING)
     INSERT INTO attempt (host_id, occurred_at, id, alias_id, control, outcome, entry_id, file_path, principal_id, import_file_id)
     SELECT h.id, $3::timestamptz, hashtext($2 || $3), a.id, 0, $1, c.id, 'mshta.exe',
       coalesce((SELECT id FROM principal WHERE name = $2 LIMIT 1), hashtext($2)), (SELECT min(id) FROM import_file)
     FROM host h JOIN host_alias a ON a.host_id = h.id JOIN catalogue_entry c ON c.slug = 'mshta.exe' WHERE h.name = 'ws-1' LIMIT 1`,
    [outcome, user, at],
  )
}

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
    await prisma().decision.update({ where: { id: lost }, data: { lapsesAt: new Date() } })
    await expect(breakGlass(actor('mia'), { ...block, reason: 'again' })).rejects.toThrow(
      /nobody approved it in time. Propose it/,
    )
    const other = { ...block, slug: 'cmstp.exe' }
    const kept = await breakGlass(actor('mia'), { ...other, reason: 'again' })
    await expect(judge('mia', kept, 'approve', 0)).rejects.toMatchObject({ code: 'forbidden' })
    await judge('max', kept, 'approve', 0)
    expect(await stateOf(kept)).toBe('enforced')
    expect(await expireDecisions(hours(1000))).toBe(0)
  })
  test('an emergency block calls nothing safe, keeps its end through a new one, and a manager’s no is final', async () => {
    const block = { slug: 'mshta.exe', effect: 'network', control: 'edr', reason: 'now' } as const
    const hosts: DecisionScope = { kind: 'hosts', ids: [await hostId('ws-1')] }
    const first = await breakGlass(actor('ada'), { ...block, scope: hosts })
    const { verdict, lapsesAt } = await prisma().decision.findUniqueOrThrow({ where: { id: first } })
    expect(verdict).toBe('emergency')
    const earlier = new Date((lapsesAt?.getTime() ?? 0) - 3_600_000)
    await prisma().decision.update({ where: { id: first }, data: { lapsesAt: earlier } })
    await withdrawDecision(actor('ada'), { id: first, version: 0 })
    const second = await breakGlass(actor('ben'), { ...block, scope: { kind: 'fleet' } })
    const again = await prisma().decision.findUniqueOrThrow({ where: { id: second } })
    expect(again.lapsesAt).toEqual(earlier)
    await judge('mia', second, 'reject', 0)
    await expect(breakGlass(actor('ada'), { ...block, scope: hosts })).rejects.toThrow(
      /a manager rejected it/,
    )
    const draft = await exampleDraft(actor('ada'), { verdict: 'emergency' }, 'cmstp.exe')
    await expect(proposeDecision(actor('ada'), draft)).rejects.toThrow(/Choose a verdict/)
  })
})
