import { expect, test } from 'vitest'
import { kindWords } from './kind-words'

test('kinds are listed by how many were read, with what was stored of them', () => {
  const eventsByKind = { 'dns-query': 1, 'process-creation': 120, 'module-load': 40, other: 7 }
  const words = kindWords({
    eventsByKind,
    eventsKept: { 'module-load': 3 },
    eventsDuplicate: { 'module-load': 1, 'dns-query': 1 },
  })
  expect(words).toBe(
    '120 process creations, 40 module loads (3 new, 1 duplicate), 7 of other kinds, 1 dns query (1 duplicate)',
  )
})

test('what was stored without a record of its own is listed too', () => {
  const words = kindWords({
    eventsByKind: { 'network-connection': 2 },
    eventsKept: { attempt: 1 },
    eventsDuplicate: {},
  })
  expect(words).toBe('2 network connections, 0 attempts (1 new)')
})
