import { beforeEach, expect, test } from 'vitest'
import { today } from '@/lib/clock'
import { type Actor, ROLES, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { listSettingSpans, readSettings } from '@/lib/store/settings'
import { changeSettings } from './change-settings'
import { exampleSettings, forgetSettings } from './example-settings'
import { queueRebuild, recompute } from './recompute/recompute'
import { derived, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
const admin = systemActor('test')
const TODAY = today()

beforeEach(forgetSettings)

/** The highest risk of each day. Not the scores themselves: a deviation that other hosts showed before has four bits, whatever it scores by. */
async function risks(): Promise<Record<string, number>> {
  const { rows } = await pool().query(
    'SELECT day, max(risk_millibits) AS risk FROM usage GROUP BY day ORDER BY day',
  )
  return Object.fromEntries(rows.map(({ day, risk }) => [day, risk]))
}

test('a change concerns the scores of the days it holds for, and no earlier one', async () => {
  const before = await risks()
  const { hosts } = await changeSettings(
    admin,
    await exampleSettings({ riskBits: { 'public-folder': 8 } }, '2026-01-07'),
  )
  expect(hosts).toBe(3)
  await recompute(pool())
  const after = await risks()
  expect([after['2026-01-05'], after['2026-01-06']]).toEqual([before['2026-01-05'], before['2026-01-06']])
  expect(after['2026-01-08']).toBeGreaterThan(before['2026-01-08'] ?? 0)
})

test('a rebuild gives the same bits as re-computation after settings changed in the middle of history', async () => {
  await changeSettings(
    admin,
    await exampleSettings({ learning: { windowDays: 14, halfLifeDays: 3 } }, '2026-01-06'),
  )
  await recompute(pool())
  await changeSettings(
    admin,
    await exampleSettings({ noveltyShare: 0.9, riskBits: { scriptlet: 1 } }, '2026-01-07'),
  )
  await recompute(pool())
  const incremental = await derived()
  await queueRebuild(pool())
  await recompute(pool())
  expect(await derived()).toEqual(incremental)
})

test('what a half-life and a window leave of the past is what scores read', async () => {
  // not the scores' sum: a deviation that other hosts showed before has four bits, whatever it scores by
  const novelty = async () => {
    const { rows } = await pool().query('SELECT sum(novelty_millibits)::int AS sum FROM usage')
    return rows[0].sum as number
  }
  const shipped = await novelty()
  await changeSettings(admin, await exampleSettings({ learning: { windowDays: 180, halfLifeDays: 3 } }))
  await recompute(pool())
  expect(await novelty()).not.toBe(shipped)
})

test('how many items a team wants to see concerns no score', async () => {
  const before = await derived()
  const { scoring, team } = await readSettings(pool(), TODAY)
  const change = { scoring, team: { itemsADay: 3 }, from: null, read: { scoring, team } }
  expect(await changeSettings(admin, change)).toEqual({ hosts: 0 })
  await recompute(pool())
  expect(await derived()).toEqual(before)
  expect((await readSettings(pool(), TODAY)).team).toEqual({ itemsADay: 3 })
})

test('a change takes the place of whatever was to hold from its first day on', async () => {
  await changeSettings(admin, await exampleSettings({ noveltyShare: 0.5 }, '2026-01-07'))
  await changeSettings(admin, await exampleSettings({ noveltyShare: 0.6 }, '2026-01-06'))
  await changeSettings(admin, await exampleSettings({ noveltyShare: 0.7 }, '2026-01-08'))
  const spans = await listSettingSpans(pool())
  expect(spans.map(({ from, until }) => [from, until])).toEqual([
    ['2026-01-08', null],
    ['2026-01-06', '2026-01-08'],
  ])
})

test('a weight that is as shipped is not kept, so that a later release may ship another', async () => {
  await changeSettings(admin, await exampleSettings({ riskBits: { scriptlet: 6, 'office-parent': 1 } }))
  expect((await readSettings(pool(), TODAY)).scoring.riskBits).toEqual({ 'office-parent': 1 })
})

test('own domains are kept once each, as name servers know them', async () => {
  await changeSettings(
    admin,
    await exampleSettings({ ownDomains: ['Corp.Example.COM ', 'apps.example.org', 'corp.example.com'] }),
  )
  expect((await readSettings(pool(), TODAY)).scoring.ownDomains).toEqual([
    'apps.example.org',
    'corp.example.com',
  ])
})

test('what an earlier release saved means what it meant', async () => {
  await changeSettings(admin, await exampleSettings({ noveltyShare: 0.5 }))
  await pool().query("UPDATE setting SET value = value - 'ownDomains' WHERE key = 'scoring'")
  expect((await readSettings(pool(), TODAY)).scoring).toMatchObject({ noveltyShare: 0.5, ownDomains: [] })
})

test('is in the audit log with what was before', async () => {
  await changeSettings(admin, await exampleSettings({ noveltyShare: 0.5 }))
  const { rows } = await pool().query(
    "SELECT subject_id, detail FROM audit_entry WHERE action = 'settings-changed' ORDER BY id DESC LIMIT 1",
  )
  expect(rows[0]).toMatchObject({
    subject_id: 'scoring',
    detail: {
      scoring: { from: '1970-01-01', hosts: 3, before: { noveltyShare: 0.3 }, after: { noveltyShare: 0.5 } },
    },
  })
})

test('of two administrators who change them at once, the second is told', async () => {
  const [one, other] = [
    await exampleSettings({ noveltyShare: 0.5 }),
    await exampleSettings({ noveltyShare: 0.6 }),
  ]
  const done = await Promise.allSettled([changeSettings(admin, one), changeSettings(admin, other)])
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
})

test.each([
  ['a half-life longer than the window', { learning: { windowDays: 20, halfLifeDays: 21 } }],
  ['a window of a few days', { learning: { windowDays: 3, halfLifeDays: 3 } }],
  ['a part of a day', { learning: { windowDays: 20.5, halfLifeDays: 3 } }],
  ['more than all of the unusual', { noveltyShare: 1.01 }],
  ['no number', { noveltyShare: Number.NaN }],
  ['bits beyond reason', { riskBits: { scriptlet: 13 } }],
  ['negative bits', { riskBits: { scriptlet: -1 } }],
  ['a domain that anybody gets names of', { ownDomains: ['co.uk'] }],
  ["a hosting service's domain", { ownDomains: ['azurewebsites.net'] }],
  ['no domain', { ownDomains: ['https://example.com/'] }],
  ['a name without a dot', { ownDomains: ['intranet'] }],
  ['a reason that does not exist', { riskBits: { constructor: 1 } }],
])('%s is refused', async (_, change) => {
  await expect(changeSettings(admin, await exampleSettings(change))).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('nothing changed is nothing saved', async () => {
  await expect(changeSettings(admin, await exampleSettings({}))).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test.each(ROLES.filter((role) => role !== 'admin'))('a %s may not', async (role) => {
  const actor: Actor = { ...examples().viewer, role }
  await expect(changeSettings(actor, await exampleSettings({ noveltyShare: 0.5 }))).rejects.toMatchObject({
    code: 'forbidden',
  })
})
