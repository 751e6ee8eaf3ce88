import { expect, test } from 'vitest'
import { countedWords } from './counted-words'

test('records that are neither stored nor rejected are counted, and it is said why nothing of them is kept', () => {
  const words = countedWords({
    eventsByKind: { 'process-creation': 120, 'module-load': 40, other: 7, 'file-create': 2 },
    eventsKept: { 'module-load': 3 },
    eventsDuplicate: { 'module-load': 1 },
  })
  expect(words).toBe(
    '45 records were read and only counted: 9 of kinds that Cordon keeps nothing of, such as logons, registry changes and created files; 36 of programs that are no proxy binaries: modules, connections and the like.',
  )
  expect(countedWords({ eventsByKind: { 'module-load': 1 }, eventsKept: {}, eventsDuplicate: {} })).toBe(
    '1 record was read and only counted, of programs that are no proxy binaries: modules, connections and the like.',
  )
})

test('nothing is said where all that was read is stored, also where an event is stored as two', () => {
  const of = (eventsKept: Record<string, number>) =>
    countedWords({ eventsByKind: { 'process-creation': 5, attempt: 1 }, eventsKept, eventsDuplicate: {} })
  expect(of({ attempt: 1 })).toBeNull()
  expect(of({ attempt: 2 })).toBeNull()
})
