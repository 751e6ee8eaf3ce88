import { expect, test } from 'vitest'
import { lossWords } from './loss-words'

const PRIVATE = { shared: false, isDefault: false, othersDefaults: 0 }

test('who loses a view is told how many open the page with it', () => {
  expect(lossWords(PRIVATE, 'delete')).toBe('Its filters are kept nowhere else.')
  expect(lossWords({ ...PRIVATE, shared: true, othersDefaults: 3 }, 'unshare')).toBe(
    'It stays yours. Others can no longer open it. 3 other people open the page with it, and get the page as delivered.',
  )
  expect(lossWords({ shared: true, isDefault: true, othersDefaults: 1 }, 'delete')).toContain(
    '1 other person opens the page with it, and gets the page as delivered. Your link',
  )
})
