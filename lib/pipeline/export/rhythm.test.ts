import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDue, nextDue, RHYTHMS } from './rhythm'

const us = (text: string) => Date.parse(text) * 1000

test.each([
  ['hour', '2026-11-26T05:59:59.999Z', '2026-11-26T05:00:00Z', '2026-11-26T06:00:00Z'],
  ['day', '2026-11-26T06:00:00Z', '2026-11-26T06:00:00Z', '2026-11-27T06:00:00Z'],
  ['day', '2026-03-01T05:59:00Z', '2026-02-28T06:00:00Z', '2026-03-01T06:00:00Z'],
  ['week', '2026-11-26T12:00:00Z', '2026-11-25T06:00:00Z', '2026-12-02T06:00:00Z'],
] as const)('each %s at %s: due last at %s, next at %s (06:00, Wednesdays)', (every, now, last, next) => {
  const rhythm = { every, hour: 6, weekday: 3 }
  expect(lastDue(rhythm, us(now))).toBe(us(last))
  expect(nextDue(rhythm, us(now))).toBe(us(next))
})

test('between a time that is due and the next lies no other, and every moment lies between two', () => {
  const rhythm = fc.record({
    every: fc.constantFrom(...RHYTHMS),
    hour: fc.integer({ min: 0, max: 23 }),
    weekday: fc.integer({ min: 1, max: 7 }),
  })
  fc.assert(
    fc.property(rhythm, fc.integer({ min: 0, max: us('2100-01-01') }), (asked, now) => {
      const [last, next] = [lastDue(asked, now), nextDue(asked, now)]
      expect(last).toBeLessThanOrEqual(now)
      expect(next).toBeGreaterThan(now)
      expect(lastDue(asked, next - 1)).toBe(last)
      expect(lastDue(asked, next)).toBe(next)
      const at = new Date(last / 1000)
      if (asked.every !== 'hour') expect(at.getUTCHours()).toBe(asked.hour)
      if (asked.every === 'week') expect(at.getUTCDay()).toBe(asked.weekday % 7)
    }),
  )
})
