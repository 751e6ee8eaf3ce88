import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toRoute } from './to-route'

test.each([
  ['/', '/'],
  ['/?a=1', '/'],
  ['/deviations/123?panel=1', '/deviations/:id'],
  ['/api/ingest/v1/uploads/0c6f', '/api/ingest/v1/uploads/:id'],
  ['/executions/1/2026-01-01/9', '/executions/:id/:id/:id'],
  ['/wp-login.php', 'other'],
  ['/_next/static/x.js', '/_next'],
])('%s is counted as %s', (url, route) => expect(toRoute(url)).toBe(route))

test('whatever is asked, a label holds nothing of it but our own words', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      expect(toRoute(path)).toMatch(/^(other|\/|\/_next|(\/([a-z_.0-9-]+|:id)){1,5})$/)
    }),
  )
})
