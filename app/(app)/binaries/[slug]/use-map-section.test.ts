import { expect, test } from 'vitest'
import { openedOf } from './use-map-section'

test.each([
  ['parent:-2352677006974437739', { side: 'parent', id: '-2352677006974437739' }],
  ['pattern:none', { side: 'pattern', id: 'none' }],
])('%s opens what it names', (within, opened) => {
  expect(openedOf({ within })).toEqual(opened)
})

test.each(['parent:9999999999999999999', 'parent:rest', 'parent:', 'host:1', 'pattern:1 OR 1'])(
  '%s, which is no id that the database takes, opens nothing',
  (within) => {
    expect(openedOf({ within })).toBeNull()
  },
)

test('two at once open nothing', () => {
  expect(openedOf({ within: ['parent:1', 'parent:2'] })).toBeNull()
})
