import { expect, test } from 'vitest'
import { takingBackWords } from './taking-back-words'

const JOB = {
  state: 'running',
  actorName: 'Ada',
  atUs: 0,
  reason: 'why',
  done: 0,
  days: 0,
  error: null,
} as const

test('how far it is is said in days of hosts', () => {
  expect(takingBackWords('taking-back', JOB)).toBe('Taking back begins in a moment.')
  expect(takingBackWords('taking-back', { ...JOB, done: 4, days: 24 })).toBe(
    'Taking back: 4 of 24 days of hosts are done.',
  )
  expect(takingBackWords('taking-back', { ...JOB, days: 1 })).toBe(
    'Taking back: 0 of 1 day of hosts is done.',
  )
})

test('it is over once what was derived has followed', () => {
  expect(takingBackWords('taken-back', JOB)).toMatch(/follows\.$/)
  expect(takingBackWords('taken-back', { ...JOB, state: 'done' })).toMatch(/computed anew\.$/)
})
