import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { parseExecutionRequest, toExecutionFilter } from '@/lib/store/screens/executions/filter'
import { resolveFilter } from '@/lib/store/screens/executions/resolve-filter'
import { searchExecutions } from '@/lib/store/screens/executions/search'
import { countByTime } from '@/lib/store/screens/executions/timeline'
import { MASQUERADES } from '@/lib/store/screens/masquerading'
import { readFleetCoverage } from '@/lib/store/screens/overview/coverage'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

const ALL: Scope = { kind: 'all' }
const OWN = 'C:\\Windows\\System32\\rundll32.exe'

withTestDatabase()
beforeAll(async () => {
  const use = (image: string, originalFileName: string | null, minute: number) => ({
    host: 'ws-1.example',
    at: `2026-01-05T10:${String(minute).padStart(2, '0')}:00Z`,
    image,
    originalFileName,
    commandLine: `${image} a.dll,Go`,
  })
  await ingestExamples(pool(), [
    use(OWN, 'RUNDLL32.EXE', 1),
    use('C:\\Windows\\System32\\helper.exe', 'RUNDLL32.EXE', 2),
    use(OWN, 'tool.exe', 3),
    use('C:\\Users\\Public\\rundll32.exe', 'RUNDLL32.EXE', 4),
  ])
  await recompute(pool())
})

async function found(masquerading: string[]) {
  const asked = toExecutionFilter(parseExecutionRequest({ masquerading, days: 'all' }), null)
  const filter = await resolveFilter(ALL, asked)
  const { rows } = await searchExecutions(ALL, filter, { after: null, pageSize: 50 })
  expect((await countByTime(ALL, filter)).total).toBe(rows.length)
  return rows.map(({ image }) => image).toSorted()
}

test('executions are found by how their file is not what it seems', async () => {
  expect(await found(['renamed'])).toEqual(['C:\\Windows\\System32\\helper.exe'])
  expect(await found(['impostor'])).toEqual([OWN])
  expect(await found(['folder'])).toContain('C:\\Users\\Public\\rundll32.exe')
  expect(await found(['something else'])).toHaveLength(4)
})

test('the number that the overview tells is that of the executions it leads to', async () => {
  const { masquerading } = await readFleetCoverage(ALL, { from: '2026-01-01', to: '2026-01-10' })
  expect(await found([...MASQUERADES])).toHaveLength(masquerading)
  expect(masquerading).toBe(3)
})
