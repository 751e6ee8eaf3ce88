import { expect, test } from 'vitest'
import { winlogbeat } from '@/fixtures/hostile-records'
import { processes, securityRecord, sysmonRecord } from '@/fixtures/one-process'
import { letGoOfOld, setRetention } from '@/lib/operations/retention'
import { pool } from '@/lib/store/pool'
import { readRetention } from '@/lib/store/retention'
import { ADMIN, read, settle, takeAll, withCatalogue } from './example-taking-back'
import { previewTakingBack } from './take-back'

const owner = withCatalogue()

/** A connection of the process of number 0, as winlogbeat has Sysmon's event 3. */
const connection = winlogbeat(
  'Microsoft-Windows-Sysmon',
  3,
  { '@timestamp': '2026-03-03T09:01:00.000Z', computer: 'ws-1.corp.example', channel: '', recordId: '800' },
  {
    UtcTime: '2026-03-03 09:01:00.000',
    ProcessGuid: '{00000000-0000-0000-0000-000000000000}',
    ProcessId: '4000',
    Image: 'C:\\Windows\\System32\\rundll32.exe',
    Protocol: 'tcp',
    Initiated: 'true',
    DestinationIp: '203.0.113.9',
    DestinationPort: '443',
  },
)

const OTHER = 'ws-2.corp.example'
/** Since the day of process 0. */
const DAYS_SINCE = Math.floor((Date.now() - Date.UTC(2026, 2, 3)) / 86_400_000)
const BEFORE = '2026-04-01'

async function count(table: string): Promise<number> {
  return (await pool().query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n
}

async function derived() {
  const found: Record<string, unknown> = {}
  for (const table of ['usage', 'coverage', 'telemetry', 'attempt_day'])
    found[table] = (
      await pool().query(`SELECT * FROM ${table} WHERE day < $1 ORDER BY 1, 2, 3, 4, 5`, [BEFORE])
    ).rows
  return found
}

test('of days whose facts are no longer kept nothing is taken back: what was computed of them cannot be again', async () => {
  const wrong = await read(
    'wrong.ndjson',
    ...processes(0, 3).map(sysmonRecord),
    connection,
    ...[0, DAYS_SINCE * 86_400].map((number) => securityRecord({ number, host: OTHER })),
  )
  await read('right.ndjson', ...processes(100, 103).map(securityRecord))
  // of attempts that another import told of
  await owner().query(
    `INSERT INTO attempt_day (host_id, day, control, outcome, entry_id, attempts, first_at, last_at)
     SELECT DISTINCT host_id, day, 0, 0, 0, 2, day::timestamptz, day::timestamptz FROM coverage`,
  )
  await setRetention(ADMIN, { factMonths: 1, rawDays: null, version: 0 })
  await letGoOfOld(pool(), () => false)
  const { keptFrom } = await readRetention(pool())
  const before = await derived()
  expect(await count('execution')).toBe(1)
  for (const rows of Object.values(before)) expect(rows).not.toEqual([])
  expect(await previewTakingBack(ADMIN, wrong)).toMatchObject({
    executions: 1,
    hosts: 1,
    emptied: 0,
    keptFrom,
  })
  await takeAll(wrong)
  await settle()
  expect(await count('execution')).toBe(0)
  expect(await derived()).toEqual(before)
  expect(await count('host')).toBe(2)
})
