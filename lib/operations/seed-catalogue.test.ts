import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { runJobs } from './run-jobs'
import { ensureCatalogue } from './seed-catalogue'

withTestDatabase()

const count = async (table: string) =>
  Number((await pool().query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n)

test('entries that come after processes were stored find them; bringing the catalogue again changes nothing', async () => {
  await ingestExamples(pool(), [
    {
      host: 'ws-1',
      at: '2026-01-05T10:00:00Z',
      image: 'C:\\Windows\\System32\\mshta.exe',
      commandLine: 'mshta.exe a.hta',
    },
  ])
  expect(await count('job')).toBe(0)
  // as a release left it that did not know the binary yet
  await pool().query(
    `INSERT INTO process (host_id, occurred_at, id, sensor, alias_id, pid, image_id, launch_id, principal_id, command_line)
     SELECT host_id, occurred_at, id, sensor, alias_id, pid, image_id, launch_id, principal_id, command_line FROM execution_with_texts`,
  )
  await pool().query('DELETE FROM execution')
  await pool().query("DELETE FROM catalogue_entry WHERE slug = 'mshta.exe'")
  const known = await count('catalogue_entry')

  await ensureCatalogue(pool())
  expect(await count('catalogue_entry')).toBe(known + 1)
  await runJobs(pool())
  expect(await count('execution')).toBe(1)
  expect(await count('process')).toBe(0)
  await ensureCatalogue(pool())
  expect(await count('job')).toBe(1)
})
