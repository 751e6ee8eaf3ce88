import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { pieces } from '@/fixtures/pieces'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestEvents } from './ingest-events'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

const SENDER = systemActor('test')

/** An event of Sysmon as winlogbeat ships it: 1 is a process creation, 4 is only counted. */
function event(eventId: number) {
  return {
    '@timestamp': '2026-03-03T09:00:00.000Z',
    winlog: {
      computer_name: 'ws-1',
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      event_id: eventId,
      event_data: {
        UtcTime: '2026-03-03 09:00:00.000',
        ProcessGuid: `{${randomUUID()}}`,
        ProcessId: '1000',
        Image: 'C:\\Windows\\System32\\rundll32.exe',
        CommandLine: 'rundll32.exe shell32.dll,Control_RunDLL',
      },
    },
  }
}

test('what of NDJSON cannot be read is told by its line, blank lines and neighbours counted, also beyond a batch', async () => {
  const counted = JSON.stringify(event(4))
  const lines = Array.from({ length: 6_600 }, (_, index) => (index % 6 === 1 ? '' : counted))
  for (const at of [3, 4, 6_501]) lines[at] = 'no JSON'
  lines[6_505] = '{"nothing":1}'
  const { received, rejections } = await ingestEvents(SENDER, pieces(lines.join('\n')))
  expect(rejections.map(({ line }) => line)).toEqual([4, 5, 6_502, 6_506])
  expect(received).toBe(5_501)
})

test('a body that is no NDJSON is stored as well', async () => {
  const list = await ingestEvents(
    SENDER,
    pieces(`[${JSON.stringify(event(1))},\n${JSON.stringify(event(1))}]\n`),
  )
  expect(list).toEqual({ received: 2, executions: 2, duplicates: 0, rejections: [] })
  const printed = await ingestEvents(SENDER, pieces(JSON.stringify(event(1), null, 2)))
  expect(printed).toMatchObject({ received: 1, executions: 1 })
})
