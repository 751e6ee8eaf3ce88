import { expect, test } from 'vitest'
import { shownState } from './shown-state'

test('an import of which no file could be read is not called done', () => {
  expect(shownState({ state: 'done', files: 1, filesRejected: 1 })).toBe('rejected')
  expect(shownState({ state: 'done', files: 2, filesRejected: 1 })).toBe('done')
  expect(shownState({ state: 'done', files: 0, filesRejected: 0 })).toBe('done')
  expect(shownState({ state: 'running', files: 1, filesRejected: 1 })).toBe('running')
})
