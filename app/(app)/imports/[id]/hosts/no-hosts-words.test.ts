import { expect, test } from 'vitest'
import { noHostsWords } from './no-hosts-words'

const DONE = { state: 'done', channel: 'browser', complete: true, seesAll: true } as const

test('an import is said to tell of no host only where that is known', () => {
  expect(noHostsWords(DONE).title).toBe('It tells of no host')
  expect(noHostsWords({ ...DONE, seesAll: false }).title).toMatch(/in your sight$/)
  expect(noHostsWords({ ...DONE, state: 'running' }).title).toBe('No host yet')
  expect(noHostsWords({ ...DONE, complete: false }).title).toMatch(/not noted/)
  expect(noHostsWords({ ...DONE, channel: 'shipper' }).title).toMatch(/not noted/)
  expect(noHostsWords({ ...DONE, state: 'taken-back', complete: false }).title).toBe('It was taken back')
})
