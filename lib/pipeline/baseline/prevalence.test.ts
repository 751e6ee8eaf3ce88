import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTED_SPREAD, commonnessOf, isRolledOut, lateFrom, type Spread } from './prevalence'
import { REACHED_HOSTS, ROLL_OUT_US } from './weights'

const spread = fc.record({
  hosts: fc.integer({ min: 1, max: 8 }),
  days: fc.integer({ min: 1, max: 8 }),
  firstDay: fc.integer({ min: 0, max: 12 }),
})

test('counting hosts and days no further than COUNTED_SPREAD changes nothing that is said of a pattern', () => {
  fc.assert(
    fc.property(spread, fc.integer({ min: 1, max: 20 }), fc.boolean(), (whole, day, deployed) => {
      const counted: Spread = {
        ...whole,
        hosts: Math.min(whole.hosts, COUNTED_SPREAD.hosts),
        days: Math.min(whole.days, COUNTED_SPREAD.days),
      }
      expect(commonnessOf(counted, day)).toBe(commonnessOf(whole, day))
      expect(isRolledOut(counted, deployed)).toBe(isRolledOut(whole, deployed))
    }),
  )
})

test('a host comes late with a pattern an hour after the first one, or behind many, whichever comes first', () => {
  const firsts = fc.array(fc.integer({ min: 0, max: 2 * ROLL_OUT_US }), { maxLength: 3 * REACHED_HOSTS })
  fc.assert(
    fc.property(firsts, (times) => {
      const late = lateFrom(times)
      const earliest = Math.min(...times)
      for (const one of times) {
        const before = times.filter((other) => other < one).length
        expect(one >= late).toBe(one - earliest >= ROLL_OUT_US || before >= REACHED_HOSTS)
      }
    }),
  )
  expect(lateFrom([])).toBe(Number.POSITIVE_INFINITY)
})
