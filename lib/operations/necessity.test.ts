import { expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { findBinary } from '@/lib/store/screens/binary/view'
import { loadNecessityNow } from '@/lib/store/screens/what-if/load-necessity'
import { withTriageExamples } from './triage-examples'

const examples = withTriageExamples()

/** What the driver's purpose is said to be judged as, to whoever sees these hosts. */
async function judged(of: Scope): Promise<string | null | undefined> {
  const entry = await findBinary('regsvr32.exe')
  if (entry === null) throw new Error('no entry')
  const { purposes } = await loadNecessityNow(of, entry, { kind: 'fleet' })
  return purposes.find(({ pattern }) => pattern?.includes('driver'))?.deviation
}

test('what other hosts’ deviations were judged as is not said of the same use on hosts in sight', async () => {
  const scope: Scope = { kind: 'groups', groupIds: [examples().groupId] }
  expect(await judged(scope)).toBe('open')
  await pool().query(
    `DELETE FROM deviation_hit WHERE host_id IN (SELECT host_id FROM host_group_member) AND deviation_id IN (
       SELECT id FROM deviation WHERE title LIKE '%driver%')`,
  )
  expect(await judged(scope)).toBeNull()
  expect(await judged({ kind: 'all' })).toBe('open')
})
