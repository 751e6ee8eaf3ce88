import { expect, test } from 'vitest'
import { notSeenSentence } from './coverage-words'

const NONE = { full: 0, partial: 0, 'no-command-lines': 0, silent: 0 }

test('absence is only claimed for hosts with full coverage, and what is not known is said', () => {
  expect(notSeenSentence({ ...NONE, full: 36, 'no-command-lines': 4 }, '2026-11-01')).toBe(
    'Not seen on 36 hosts with full coverage since 2026-11-01; 4 hosts without it send no command lines.',
  )
  expect(notSeenSentence({ ...NONE, silent: 1 }, '2026-11-01')).toBe(
    'Nothing is known of 1 host without telemetry.',
  )
})
