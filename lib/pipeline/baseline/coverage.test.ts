import { describe, expect, test } from 'vitest'
import { classifyCoverage, countCoverage, type HostCoverage } from './coverage'

const WHOLE: HostCoverage = {
  firstDay: 100,
  lastDay: 130,
  longestStepDays: 3,
  creations: 1000,
  withCommandLine: 990,
  withParent: 990,
}
const classOf = (change: Partial<HostCoverage>) => classifyCoverage({ ...WHOLE, ...change }, 100, 130)

describe('coverage', () => {
  test('a machine that is off at weekends has full coverage', () => {
    expect(classOf({})).toBe('full')
  })
  test('a host that reported nothing, or went quiet, never counts as full', () => {
    expect(classOf({ firstDay: null, lastDay: null, creations: 0 })).toBe('silent')
    expect(classOf({ lastDay: 115 })).toBe('partial')
    expect(classOf({ firstDay: 115 })).toBe('partial')
    expect(classOf({ longestStepDays: 20 })).toBe('partial')
    expect(classOf({ withParent: 0 })).toBe('partial')
  })
  test('a host that sends no command lines is said to, however long it reported', () => {
    expect(classOf({ withCommandLine: 0 })).toBe('no-command-lines')
  })
  test('every host is counted once', () => {
    expect(countCoverage(['full', 'silent', 'full'])).toEqual({
      full: 2,
      partial: 0,
      'no-command-lines': 0,
      silent: 1,
    })
  })
})
