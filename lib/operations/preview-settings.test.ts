import { beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { changeSettings, type SettingsChange } from './change-settings'
import { exampleSettings, forgetSettings } from './example-settings'
import { declareIncident } from './incidents'
import { ingestExamples } from './ingest/example-use'
import { type PreviewOfSettings, previewSettings } from './preview-settings'
import { recompute } from './recompute/recompute'
import { derived, judge, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
const admin = systemActor('test')

beforeAll(async () => {
  await ingestExamples(pool(), [
    {
      host: 'ws-3.example',
      at: '2026-01-06T10:00:00Z',
      image: 'C:\\Windows\\System32\\mshta.exe',
      commandLine: 'mshta https://apps.example.com/form.hta',
    },
  ])
})
beforeEach(forgetSettings)

async function effectOf(change: SettingsChange): Promise<Extract<PreviewOfSettings, { kind: 'effect' }>> {
  const preview = await previewSettings(admin, change)
  if (preview.kind !== 'effect') throw new Error(preview.words)
  return preview
}

/** The highest score of each item on record. */
async function highest(): Promise<Record<string, number>> {
  const { rows } = await pool().query(
    'SELECT deviation_id, max(score_millibits) AS score FROM deviation_hit GROUP BY 1 ORDER BY 1',
  )
  return Object.fromEntries(rows.map(({ deviation_id, score }) => [deviation_id, score]))
}

test.each([
  ['of the unusual', { noveltyShare: 0.9 }, null],
  ['of a reason', { riskBits: { 'public-folder': 0 } }, null],
  ["of the organisation's own domains", { ownDomains: ['example.com'] }, null],
  ['of a reason from a day on', { riskBits: { 'public-folder': 8 } }, '2026-01-07'],
  ['of the past', { learning: { windowDays: 14, halfLifeDays: 3 } }, '2026-01-06'],
])('what it says of another setting %s is what re-computation then does', async (_, change, from) => {
  const before = await highest()
  const wanted = await exampleSettings(change, from)
  const preview = await effectOf(wanted)
  await changeSettings(admin, wanted)
  await recompute(pool())
  const after = await highest()
  expect(preview.itemsBefore).toBe(Object.keys(before).length)
  expect(preview.itemsAfter).toBe(Object.keys(after).length)
  for (const list of [preview.appearing, preview.vanishing, preview.moving])
    for (const { item, before: was, after: is } of list)
      expect([was, is]).toEqual([before[item] ?? null, after[item] ?? null])
  const moved = Object.keys(after).filter(
    (item) => before[item] !== undefined && before[item] !== after[item],
  )
  expect(preview.counts.moving).toBe(moved.length)
})

test('rulings and incidents count as they do in re-computation', async () => {
  await judge(examples().responder, 'scriptlet', { to: 'expected' }).catch(() => undefined)
  await judge(examples().responder, 'driver', { to: 'expected', scope: 'groups' })
  const { rows } = await pool().query("SELECT id FROM host WHERE name = 'ws-1.example'")
  const scope = { kind: 'hosts' as const, ids: [rows[0].id] }
  await declareIncident(admin, { name: 'x', scope, from: '2026-01-06', to: null, groupId: null })
  await recompute(pool())
  const before = await highest()
  const preview = await effectOf(await exampleSettings({ noveltyShare: 0.31 }))
  expect(preview.itemsBefore).toBe(Object.keys(before).length)
  for (const { item, before: was } of preview.moving) expect(was).toBe(before[item])
  await pool().query('DELETE FROM incident')
})

test('a page of an own domain leaves the queue', async () => {
  const preview = await effectOf(await exampleSettings({ ownDomains: ['example.com'] }))
  expect(preview.vanishing.map(({ slug }) => slug)).toEqual(['mshta.exe'])
})

test('nothing is changed by looking', async () => {
  const before = await derived()
  await effectOf(await exampleSettings({ noveltyShare: 0.9 }))
  expect(await derived()).toEqual(before)
  expect((await pool().query('SELECT * FROM setting')).rows).toEqual([])
})

test('takes an administrator, and settings within reason', async () => {
  const change = await exampleSettings({ noveltyShare: 0.5 })
  for (const actor of [examples().responder, examples().viewer])
    await expect(previewSettings(actor, change)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(previewSettings(admin, await exampleSettings({ noveltyShare: 2 }))).rejects.toMatchObject({
    code: 'invalid-input',
  })
})
