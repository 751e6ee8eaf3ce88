import { beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { loadQueue } from '@/lib/store/screens/deviations/list'
import { readThreshold } from '@/lib/store/screens/threshold'
import { countWaiting } from '@/lib/store/screens/waiting'
import { answerThresholdProposal, calibrateThreshold, wantsCalibration } from './calibration'
import { declareIncident } from './incidents'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { derived, itemOf, judge, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
const admin = systemActor('test')

/** Eight days on which a new thing runs from the Public folder, each a little worse than the one before. */
const NEW_EVERY_DAY = [11, 12, 13, 14, 15, 16, 17, 18].map((day) => ({
  host: 'ws-1.example',
  at: `2026-01-${day}T10:00:00Z`,
  image: 'C:\\Windows\\System32\\regsvr32.exe',
  commandLine: `regsvr32 /s C:\\Users\\Public\\part-${'abcdefgh'[day - 11]}.dll`,
}))

beforeAll(async () => {
  await ingestExamples(pool(), NEW_EVERY_DAY)
  await recompute(pool())
})
beforeEach(async () => {
  await pool().query('DELETE FROM calibration')
  await pool().query('DELETE FROM setting')
  await pool().query('DELETE FROM incident')
  await pool().query(`UPDATE deviation SET state = 'open', assignee_id = NULL`)
})

async function askFor(itemsADay: number): Promise<void> {
  await pool().query('DELETE FROM setting')
  await pool().query(
    `INSERT INTO setting (key, valid_from, value) VALUES ('team', '1970-01-01', jsonb_build_object('itemsADay', $1::int))`,
    [itemsADay],
  )
}

/** As if an administrator had let it rise once. */
async function raiseTo(millibits: number): Promise<void> {
  await pool().query(
    `INSERT INTO calibration (through_day, quiet_days, items_a_day, threshold_millibits) VALUES ('2026-01-01', 10, 1, $1)`,
    [millibits],
  )
}

const inForce = async () => (await readThreshold())?.millibits

test('everything that deviates is shown until there is more than the team asked for, and then a rise is only proposed', async () => {
  await askFor(10)
  await calibrateThreshold(pool())
  expect(await readThreshold()).toMatchObject({ millibits: 4000, proposal: null, throughDay: '2026-01-18' })
  await pool().query(
    `INSERT INTO deviation (id, entry_id, title) SELECT n, 1, 'made up ' || n FROM generate_series(1, 200) n`,
  )
  await pool().query(
    `INSERT INTO deviation_hit SELECT h.host_id, h.day, n, h.signature_id, h.principal_id, 5000 + n, 0, 0, 0, 0, 1, h.first_at, h.last_at, '[]'
     FROM generate_series(1, 200) n, (SELECT * FROM deviation_hit WHERE deviation_id NOT BETWEEN 1 AND 200 ORDER BY day DESC LIMIT 1) h`,
  )
  await calibrateThreshold(pool())
  const threshold = await readThreshold()
  expect(threshold?.millibits).toBe(4000)
  expect(threshold?.proposal?.millibits).toBeGreaterThan(4000)
  expect(threshold?.proposal?.expectedPerDay).toBeLessThanOrEqual(10)
  await pool().query('DELETE FROM deviation_hit WHERE deviation_id BETWEEN 1 AND 200')
  await pool().query('DELETE FROM deviation WHERE id BETWEEN 1 AND 200')
})

test('it falls by itself when the team wants to see more', async () => {
  await raiseTo(20_000)
  await askFor(1)
  expect(await wantsCalibration(pool())).toBe(false)
  await calibrateThreshold(pool())
  expect(await inForce()).toBeLessThan(20_000)
  await askFor(100)
  expect(await wantsCalibration(pool())).toBe(true)
  await calibrateThreshold(pool())
  expect(await inForce()).toBe(4000)
})

test('calibrating twice says nothing new, so it is kept once', async () => {
  await calibrateThreshold(pool())
  await calibrateThreshold(pool())
  expect((await pool().query('SELECT count(*)::int AS kept FROM calibration')).rows).toEqual([{ kept: 1 }])
})

test('the days of an incident, and those with something malicious, say nothing of quiet days', async () => {
  await calibrateThreshold(pool())
  const quiet = (await readThreshold())?.quietDays ?? 0
  expect(quiet).toBe(12)
  const { rows } = await pool().query("SELECT id FROM host WHERE name = 'ws-1.example'")
  const scope = { kind: 'hosts' as const, ids: [rows[0].id] }
  await declareIncident(admin, { name: 'x', scope, from: '2026-01-11', to: '2026-01-12', groupId: null })
  await recompute(pool())
  const { id } = await itemOf('part-c')
  await pool().query(`UPDATE deviation SET state = 'flagged' WHERE id = $1`, [id])
  await calibrateThreshold(pool())
  expect((await readThreshold())?.quietDays).toBe(quiet - 3)
})

test('open items below it are one click away, and what somebody took up stays in sight', async () => {
  await raiseTo(1_000_000)
  const shown = async (params = {}) => (await loadQueue({ kind: 'all' }, parseDeviationRequest(params))).total
  const all = await shown({ below: 'yes' })
  expect(all).toBeGreaterThan(8)
  expect(await shown()).toBe(0)
  expect((await loadQueue({ kind: 'all' }, parseDeviationRequest({}))).below).toBe(all)
  expect((await countWaiting({ kind: 'all' }, null)).openDeviations).toBe(0)
  expect(await shown({ score: '4' })).toBe(all)
  const { id } = await itemOf('part-a')
  await pool().query('UPDATE deviation SET assignee_id = $2 WHERE id = $1', [
    id,
    examples().responder.accountId,
  ])
  expect(await shown()).toBe(1)
  await judge(examples().responder, 'part-b', { to: 'flagged' })
  expect(await shown({ state: 'flagged' })).toBe(1)
})

test('it feeds no score and no trust', async () => {
  const anew = async () => {
    await pool().query(`UPDATE host_work SET dirty_from = '2026-01-05', revision = revision + 1`)
    await recompute(pool())
    return await derived()
  }
  const before = await anew()
  await raiseTo(4001)
  expect(await anew()).toEqual(before)
})

/** A proposal to rise from 4000 to 9000 millibits. */
async function propose(proposed = 9000): Promise<string> {
  const { rows } = await pool().query(
    `INSERT INTO calibration (through_day, quiet_days, items_a_day, threshold_millibits, expected_thousandths, proposed_millibits, proposed_thousandths)
     VALUES ('2026-01-18', 12, 1, 4000, 3000, $1, 900) RETURNING id`,
    [proposed],
  )
  return String(rows[0].id)
}

test('an administrator lets it rise as proposed, once', async () => {
  const id = await propose()
  await answerThresholdProposal(admin, { id, accept: true })
  expect(await readThreshold()).toMatchObject({ millibits: 9000, proposal: null, decision: 'accepted' })
  await expect(answerThresholdProposal(admin, { id, accept: true })).rejects.toMatchObject({
    code: 'conflict',
  })
  const { rows } = await pool().query('SELECT action, detail FROM audit_entry ORDER BY id DESC LIMIT 1')
  expect(rows[0]).toMatchObject({ action: 'threshold-raised', detail: { before: 4000, proposed: 9000 } })
})

test('a proposal that was declined changes nothing and is not made again at once', async () => {
  const id = await propose()
  await answerThresholdProposal(admin, { id, accept: false })
  expect(await readThreshold()).toMatchObject({ millibits: 4000, decision: 'declined' })
})

test('an answer to a proposal that is not the newest is refused', async () => {
  const id = await propose()
  await propose(10_000)
  await expect(answerThresholdProposal(admin, { id, accept: true })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('takes an administrator', async () => {
  const id = await propose()
  for (const actor of [examples().responder, examples().viewer])
    await expect(answerThresholdProposal(actor, { id, accept: true })).rejects.toMatchObject({
      code: 'forbidden',
    })
})
