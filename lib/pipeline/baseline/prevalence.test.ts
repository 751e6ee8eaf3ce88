import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTED_SPREAD, commonnessOf, isRolledOut, type Spread } from './prevalence'

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
