import { expect, test } from 'vitest'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { knownUseOf } from './known-words'

const SEEN: Evidence = {
  version: 1,
  window: { from: '2026-01-01', to: '2026-01-31' },
  executions: 10,
  hosts: 2,
  patterns: 1,
  parents: 1,
  users: 1,
  lastDay: '2026-01-30',
  earlier: null,
  openDeviations: 1,
  maliciousDeviations: 0,
  highestScoreMillibits: 3100,
  notSeenOn: { full: 36, partial: 0, 'no-command-lines': 4, silent: 0 },
  topHosts: [],
  topPatterns: [],
  topParents: [],
  topUsers: [],
  suggestion: null,
}
const lines = (evidence: Partial<Evidence>) => knownUseOf({ ...SEEN, ...evidence }, 'mshta.exe').lines

test('what was seen, and where it was not', () => {
  expect(lines({}).slice(0, 2)).toEqual([
    '2026-01-01 to 2026-01-31: 10 executions on 2 hosts by 1 user, in 1 command pattern from 1 parent; last on 2026-01-30.',
    'Not seen on 36 hosts with full coverage, nor on 4 that report too little to say so.',
  ])
  expect(lines({ executions: 0 })[0]).toContain('mshta.exe was not seen.')
  expect(lines({ notSeenOn: { full: 0, partial: 0, 'no-command-lines': 0, silent: 0 } })[1]).toBe(
    'Every host uses it.',
  )
})

test('without telemetry nothing is said and nothing is suggested', () => {
  expect(knownUseOf({ ...SEEN, window: null }, 'mshta.exe')).toMatchObject({
    lines: [expect.stringContaining('There is no telemetry at all')],
    suggestion: null,
  })
})

test('open deviations are warned of once: by the suggestion, or without one by themselves', () => {
  const suggestion = { verdict: null, reasons: [], cautions: [] }
  expect(lines({}).length).toBe(3)
  expect(lines({ suggestion }).length).toBe(2)
})

test('use before the days that are looked back over is told, for a block meets it as well', () => {
  const earlier = { executions: 4, hosts: 1, lastDay: '2018-12-04' }
  expect(lines({ executions: 0, hosts: 0, lastDay: null, earlier }).slice(0, 2)).toEqual([
    '2026-01-01 to 2026-01-31: mshta.exe was not seen.',
    'Before that it ran 4 times on 1 host, last on 2018-12-04.',
  ])
})
