import { describe, expect, test } from 'vitest'
import { compareEvidence, type Evidence, newSince, readEvidence } from './evidence'

const THEN: Evidence = {
  version: 1,
  window: { from: '2026-01-01', to: '2026-01-31' },
  executions: 10,
  hosts: 2,
  patterns: 1,
  parents: 1,
  users: 1,
  lastDay: '2026-01-30',
  earlier: null,
  openDeviations: 0,
  maliciousDeviations: 0,
  highestScoreMillibits: 3100,
  notSeenOn: { full: 36, partial: 0, 'no-command-lines': 4, silent: 0 },
  topHosts: [{ name: 'ws-1', executions: 10 }],
  topPatterns: [{ name: '/i {path}', executions: 10, hosts: 2 }],
  topParents: [],
  topUsers: [],
  suggestion: null,
}

describe('evidence', () => {
  test('what was frozen reads back as it was', () => {
    expect(readEvidence(JSON.parse(JSON.stringify(THEN)))).toEqual(THEN)
  })
  test('anything else stored reads as unknown, never as zero', () => {
    expect(readEvidence({})).toBeNull()
    expect(compareEvidence(readEvidence({}), THEN)[0]).toMatchObject({ frozen: null, now: 10 })
  })
  test('a pattern that came up since is named', () => {
    const grown = [...THEN.topPatterns, { name: '/q', executions: 1, hosts: 1 }]
    expect(newSince(THEN.topPatterns, grown).map(({ name }) => name)).toEqual(['/q'])
  })
})
