import { expect, test } from 'vitest'
import { noHostsWords } from './no-hosts-words'

const DONE = { state: 'done', channel: 'browser', complete: true } as const

test('an import is said to tell of no host only where that is known', () => {
  expect(noHostsWords(DONE).title).toMatch(/tells of no host/)
  expect(noHostsWords({ ...DONE, complete: false }).title).toMatch(/not noted/)
  expect(noHostsWords({ ...DONE, channel: 'shipper' }).title).toMatch(/not noted/)
  expect(noHostsWords({ ...DONE, state: 'taken-back', complete: false }).title).toBe('It was taken back')
})
