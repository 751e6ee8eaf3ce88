import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './example-use'

withTestDatabase()

const COMMON = {
  host: 'ws-1.corp.example',
  image: 'C:\\Windows\\System32\\rundll32.exe',
  commandLine: 'rundll32.exe shell32.dll,Control_RunDLL',
  pid: 4000,
}

async function countProcesses(): Promise<number> {
  const { rows } = await pool().query('SELECT count(DISTINCT anchor_id)::int AS n FROM execution')
  return rows[0]?.n
}

test('a record parts no two of another process of its number, however far off they are', async () => {
  await ingestExamples(pool(), [
    { ...COMMON, at: '2026-01-11T09:00:01Z', sensor: 'security' },
    { ...COMMON, at: '2026-01-11T16:00:00Z', sensor: 'sysmon' },
  ])
  expect(await countProcesses()).toBe(1)
  // six and a half days lie between it and the two
  await ingestExamples(pool(), [{ ...COMMON, at: '2026-01-05T00:00:00Z', sensor: 'sysmon' }])
  expect(await countProcesses()).toBe(2)
})
