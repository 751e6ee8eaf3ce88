import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sql } from '@/lib/store/sql'
import { limitOffset, matching, orderBy, parseTableRequest } from './table-request'

const SPEC = { sorts: ['name', 'score'], defaultSort: 'score', filters: ['state'] } as const
const read = (params: Record<string, string | string[]>) => parseTableRequest(params, SPEC)

test('a bare URL takes the defaults', () => {
  expect(read({})).toEqual({
    q: '',
    sort: 'score',
    descending: true,
    page: 1,
    pageSize: 50,
    filters: {},
    after: null,
  })
})
test('sorting, paging and filters are read from the URL', () => {
  const request = read({ sort: 'name', page: '3', size: '100', state: ['open', 'flagged'], other: 'x' })
  expect(request).toMatchObject({ sort: 'name', descending: false, page: 3, pageSize: 100 })
  expect(request.filters).toEqual({ state: ['open', 'flagged'] })
  expect(limitOffset(request).values).toEqual([100, 200])
})
test('no URL makes the request fail or leave its bounds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('sort', 'page', 'size', 'q', 'state'), fc.string()),
      (params) => {
        const request = read(params)
        expect(SPEC.sorts).toContain(request.sort)
        expect(request.page).toBeGreaterThanOrEqual(1)
        expect(JSON.stringify(request)).not.toContain('\\u0000')
      },
    ),
  )
})
test('values from the URL never enter the SQL text', () => {
  const request = read({ sort: 'name; drop table host', state: "'; --" })
  const query = sql`${matching(request, 'state', sql`d.state`)} ${orderBy(request, { name: sql`h.name`, score: sql`d.score` }, sql`d.id`)}`
  expect(query.text.trim()).toBe('AND d.state IN ($1) ORDER BY d.score DESC NULLS LAST, d.id')
})
