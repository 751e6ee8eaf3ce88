import { expect, test } from 'vitest'
import { rollupsOf } from '@/lib/store/screens/binary/rollups'
import { loadParentsByPatterns } from '@/lib/store/screens/binary/use-map'
import { findBinary } from '@/lib/store/screens/binary/view'
import { parseExecutionRequest, toExecutionFilter } from '@/lib/store/screens/executions/filter'
import { resolveFilter } from '@/lib/store/screens/executions/resolve-filter'
import { countByTime } from '@/lib/store/screens/executions/timeline'
import { EXAMPLE_WINDOW as WINDOW, withExampleScreens } from './example-screens'

const ALL = { kind: 'all' } as const

withExampleScreens()

async function countFound(signature: string): Promise<number> {
  const filter = toExecutionFilter(parseExecutionRequest({ signature, days: 'all' }), null)
  return (await countByTime(ALL, await resolveFilter(ALL, filter))).total
}

test('what a cell of the map of use links to finds its executions, and all of a parent those of its row', async () => {
  const entry = await findBinary('mshta.exe')
  if (entry === null) throw new Error('no entry')
  const view = { entryId: entry.id, window: WINDOW, host: null, group: null }
  const { rows, cells } = await loadParentsByPatterns(rollupsOf(ALL, view))
  expect(cells.length).toBeGreaterThan(1)
  for (const { row, column, executions } of cells)
    expect(await countFound(`${entry.id}.${row}.${column}`)).toBe(executions)
  for (const { id } of rows) {
    const inRow = cells.filter(({ row }) => row === id)
    expect(await countFound(`${entry.id}.${id}.any`)).toBe(
      inRow.reduce((sum, { executions }) => sum + executions, 0),
    )
  }
  expect(await countFound(`${entry.id + 1}.any.any`)).toBe(0)
})

test.each(['1', '1.any', '1.2.3.4', '1.any.1 OR 1', 'x.any.any', '1.9999999999999999999.any'])(
  '%s names no kinds of use',
  (signature) => {
    expect(toExecutionFilter(parseExecutionRequest({ signature }), null).kindsOfUse).toEqual([])
  },
)
