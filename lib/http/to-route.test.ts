import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HANDLERS, PAGES } from '@/lib/access/entrances'
import { toRoute } from './to-route'

test.each([
  ['/', '/'],
  ['/?a=1', '/'],
  ['/deviations/123?panel=1', '/deviations/:id'],
  ['/api/ingest/v1/uploads/0c6f', '/api/ingest/v1/uploads/:id'],
  ['/executions/1/2026-01-01/9', '/executions/:id/:id/:id'],
  ['/decisions/never-seen', '/decisions/never-seen'],
  ['/decisions/12/edit', '/decisions/:id/edit'],
  ['/hosts/incidents', '/hosts/incidents'],
  ['/api/live', '/api/live'],
  ['/api/imports/0c6f/rejections.csv', '/api/imports/:id/rejections.csv'],
  ['/_bulk', '/_bulk'],
  ['/winlogbeat/_bulk', '/:id/_bulk'],
  ['/api/ingest/elasticsearch/_license', '/api/ingest/elasticsearch/:id'],
  ['/services/collector', '/services/collector/:id'],
  ['/services/collector/event/1.0', '/services/collector/:id'],
  ['/wp-login.php', 'other'],
  ['/hosts/accounts/keys', 'other'],
  ['/_next/static/x.js', '/_next'],
])('%s is counted as %s', (url, route) => expect(toRoute(url)).toBe(route))

test('whatever is asked, a label holds nothing of it but our own words', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      expect(toRoute(path)).toMatch(/^(other|\/|\/_next|(\/([a-z_.0-9-]+|:id)){1,5})$/)
    }),
  )
})

test('there are as many labels as entrances, in whatever order our words are asked for', () => {
  const entrances = [...Object.keys(PAGES), ...Object.keys(HANDLERS)].map(
    (one) => one.split(' ').at(-1) ?? '',
  )
  const known = new Set(entrances.map(toRoute))
  expect(known).not.toContain('other')
  const atTheRoot = ['/_bulk', '/:id/_bulk', '/services/collector/:id']
  const labels = new Set([...known, ...atTheRoot, 'other'])
  const words = [...known].flatMap((label) => label.split('/')).filter((word) => word !== '')
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (segments) => {
      expect(labels).toContain(toRoute(`/${segments.join('/')}`))
    }),
  )
})
