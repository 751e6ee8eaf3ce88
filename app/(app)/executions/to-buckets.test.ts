import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBuckets } from './to-buckets'

const day = fc
  .integer({ min: Date.UTC(1980, 0, 1) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

test('no execution is lost and the bars stay few, whatever the span', () => {
  fc.assert(
    fc.property(fc.uniqueArray(day, { maxLength: 40 }), (days) => {
      const counts = days.sort().map((day) => ({ day, executions: 3 }))
      const buckets = toBuckets(counts)
      expect(buckets.reduce((sum, { executions }) => sum + executions, 0)).toBe(3 * days.length)
      expect(buckets.length).toBeLessThanOrEqual(101)
    }),
  )
})
test('a month is a bar a day, quiet days included', () => {
  const buckets = toBuckets([
    { day: '2026-01-01', executions: 1 },
    { day: '2026-01-31', executions: 2 },
  ])
  expect(buckets).toHaveLength(31)
  expect(buckets[30]).toEqual({ from: '2026-01-31', to: '2026-01-31', executions: 2 })
})
