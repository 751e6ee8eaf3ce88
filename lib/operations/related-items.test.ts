import { beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { loadQueue } from '@/lib/store/screens/deviations/list'
import { listRelatedItems } from '@/lib/store/screens/deviations/related'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { itemOf } from './triage-examples'

withTestDatabase()
beforeAll(async () => {
  const use = (host: string, at: string, commandLine: string, more = {}) => ({
    host,
    at,
    image: 'C:\\Windows\\System32\\mshta.exe',
    commandLine,
    ...more,
  })
  await ingestExamples(pool(), [
    use('ws-1.example', '2026-01-08T10:00:00Z', 'mshta C:\\Users\\Public\\amber.hta', {
      user: 'CORP\\eve',
      parentImage: 'C:\\Windows\\System32\\wscript.exe',
    }),
    use('ws-1.example', '2026-01-08T10:09:00Z', 'mshta C:\\Users\\Public\\birch.hta', { user: 'CORP\\bob' }),
    use('ws-1.example', '2026-01-08T10:30:00Z', 'mshta C:\\Users\\Public\\cedar.hta', { user: 'CORP\\bob' }),
    use('ws-2.example', '2026-01-01T04:00:00Z', 'mshta C:\\Users\\Public\\dune.hta', { user: 'CORP\\eve' }),
    use('ws-3.example', '2026-01-08T10:01:00Z', 'mshta C:\\Users\\Public\\ember.hta', {
      user: 'CORP\\kim',
      parentImage: 'C:\\Windows\\System32\\wscript.exe',
    }),
  ])
  await recompute(pool())
})

const ALL = { kind: 'all' } as const

test('related are those of the same host within ten minutes, the same user, and the same parent', async () => {
  const { id } = await itemOf('amber')
  const related = await listRelatedItems(ALL, id)
  const words = related.map(({ title, relations }) => [/(\w+)\.hta/.exec(title)?.[1], relations])
  expect(Object.fromEntries(words)).toEqual({ birch: ['host'], dune: ['user'], ember: ['parent'] })
  expect(words[0]?.[0]).toBe('birch')
})

test('who sees no host of an item gets nothing related to it', async () => {
  const { id } = await itemOf('amber')
  expect(await listRelatedItems({ kind: 'groups', groupIds: [] }, id)).toEqual([])
})

test('first seen counts the last days of data, and filters what it counts', async () => {
  const { facets } = await loadQueue(ALL, parseDeviationRequest({}))
  expect(facets['first']).toEqual(
    expect.arrayContaining([
      { value: '1', label: '1', count: 4 },
      { value: '7', label: '7', count: 4 },
      { value: '30', label: '30', count: 5 },
    ]),
  )
  expect((await loadQueue(ALL, parseDeviationRequest({ first: '7' }))).total).toBe(4)
})
