import { beforeEach, expect, test } from 'vitest'
import { processes, sysmonRecord } from '@/fixtures/one-process'
import { mergeHosts } from '@/lib/operations/host-identity'
import { recompute } from '@/lib/operations/recompute/recompute'
import { runJobs } from '@/lib/operations/run-jobs'
import { resolveHosts } from '@/lib/store/hosts'
import { pool } from '@/lib/store/pool'
import { findUpload } from '@/lib/store/screens/imports'
import { findTakingBack } from '@/lib/store/screens/jobs'
import { ADMIN, empty, read, settle, withCatalogue } from './example-taking-back'
import { previewTakingBack, takeBack } from './take-back'
import { takeBackUpload } from './take-back-upload'

const owner = withCatalogue()
beforeEach(() => empty(owner()))

const sysmon = (from: number, to: number, host = 'ws-1.corp.example') =>
  processes(from, to, { host }).map(sysmonRecord)
/** A day later than processes of lower numbers. */
const NEXT_DAY = 86_400

async function count(table: string): Promise<number> {
  const { rows } = await pool().query(`SELECT count(*)::int AS n FROM ${table}`)
  return rows[0]?.n
}

test('a worker that is told to stop does not move all that is on its way to other hosts first', async () => {
  const [mine, theirs] = ['ws-a.corp.example', 'pc-b.corp.example']
  const days = [0, 1, 2, 3].map((day) => sysmon(day * NEXT_DAY, day * NEXT_DAY + 2, mine))
  const wrong = await read('wrong.ndjson', ...days.flat())
  await read('right.ndjson', ...sysmon(500, 504, theirs))
  const hosts = await resolveHosts(pool(), [mine, theirs])
  const [fromId = 0, intoId = 0] = [mine, theirs].map((name) => hosts.get(name)?.hostId)
  await mergeHosts(ADMIN, { hostIds: [fromId], intoId })
  await takeBack(ADMIN, { uploadId: wrong, reason: 'wrong' })
  let asked = 0
  const stopping = { isOver: () => ++asked > 2, onProgress: async () => undefined }
  expect(await takeBackUpload(pool(), wrong, stopping)).toBe('later')
  const { rows } = await pool().query(
    'SELECT count(DISTINCT occurred_at::date)::int AS n FROM execution WHERE host_id = $1',
    [fromId],
  )
  expect(rows).toEqual([{ n: 3 }])
  await runJobs(pool())
  expect(await count('execution')).toBe(4)
})

test('hosts that could not be forgotten are asked for again, which is told, and only then', async () => {
  const wrong = await read('wrong.ndjson', ...sysmon(0, 2))
  await takeBack(ADMIN, { uploadId: wrong, reason: 'wrong' })
  await runJobs(pool())
  await settle()
  await recompute(pool())
  const again = () => takeBack(ADMIN, { uploadId: wrong, reason: 'once more' })
  await expect(again()).rejects.toThrow(/cannot be taken back/)
  await owner().query('REVOKE DELETE ON host FROM cordon_app')
  await runJobs(pool())
  await owner().query('GRANT DELETE ON host TO cordon_app')
  expect(await findTakingBack(wrong)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/hosts .* could not be forgotten/),
  })
  expect(await previewTakingBack(ADMIN, wrong)).toMatchObject({ executions: 0, processes: 0 })
  await again()
  await expect(again()).rejects.toThrow(/cannot be taken back/)
  expect(await findUpload({ scope: ADMIN.scope, actorId: null }, wrong)).toMatchObject({
    state: 'taken-back',
  })
  await runJobs(pool())
  expect([await count('host'), await count("job WHERE state = 'done'")]).toEqual([0, 1])
  await expect(again()).rejects.toThrow(/taken back already/)
})
