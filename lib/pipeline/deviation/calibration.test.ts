import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CalibrationInput, calibrate, type DailyItem } from './calibration'
import { CALIBRATION_DAYS_MIN, DEVIATION_FLOOR_MILLIBITS } from './weights'

const FIRST = 20_000
const days = (count: number) => new Set(Array.from({ length: count }, (_, index) => FIRST + index))

function one(day: number, item: string, scoreMillibits: number): DailyItem {
  return { day: FIRST + day, item, scoreMillibits }
}

function input(traits: Partial<CalibrationInput>): CalibrationInput {
  return { items: [], quietDays: days(10), itemsPerDay: 0.2, thresholdMillibits: 6000, ...traits }
}

describe('the threshold', () => {
  test('falls by itself as far as the team has asked for items', () => {
    const items = [4500, 4800, 5200, 5900].map((score, index) => one(index, `item ${index}`, score))
    expect(calibrate(input({ items }))).toEqual({
      thresholdMillibits: 4801,
      expectedPerDay: 0.2,
      proposal: null,
    })
  })

  test('falls to the floor of what counts as a deviation when there is hardly anything, and no further', () => {
    expect(calibrate(input({ items: [one(1, 'a', 3000)] }))).toEqual({
      thresholdMillibits: DEVIATION_FLOOR_MILLIBITS,
      expectedPerDay: 0,
      proposal: null,
    })
  })

  test('never rises by itself: it proposes, and says what both would show', () => {
    const items = Array.from({ length: 10 }, (_, index) => one(index, `item ${index}`, 7000 + index))
    expect(calibrate(input({ items }))).toEqual({
      thresholdMillibits: 6000,
      expectedPerDay: 1,
      proposal: { thresholdMillibits: 7008, expectedPerDay: 0.2 },
    })
  })

  test('takes one pattern on many days for one item, new on the day on which it first reaches the threshold', () => {
    const items = Array.from({ length: 10 }, (_, index) => one(index, 'same', 5000))
    expect(calibrate(input({ items, itemsPerDay: 0.1 })).expectedPerDay).toBe(0.1)
    expect(calibrate(input({ items, itemsPerDay: 0.1 })).thresholdMillibits).toBe(DEVIATION_FLOOR_MILLIBITS)
  })

  test('does not take an item for new that reached it before the quiet days', () => {
    const items = [one(-5, 'old', 5000), one(3, 'old', 5000)]
    expect(calibrate(input({ items, itemsPerDay: 0 }))).toMatchObject({ expectedPerDay: 0, proposal: null })
  })

  test('does not learn from days that were not quiet', () => {
    const quietDays = days(10)
    quietDays.delete(FIRST + 4)
    const loud = Array.from({ length: 50 }, (_, index) => one(4, `loud ${index}`, 9000))
    expect(calibrate(input({ items: loud, quietDays })).proposal).toBeNull()
  })

  test('stays where it is until there are enough quiet days', () => {
    const items = Array.from({ length: 30 }, (_, index) => one(index % 6, `item ${index}`, 9000))
    const quietDays = days(CALIBRATION_DAYS_MIN - 1)
    expect(calibrate(input({ items, quietDays }))).toEqual({
      thresholdMillibits: 6000,
      expectedPerDay: null,
      proposal: null,
    })
  })
})

const anyItem = fc.record({
  day: fc.integer({ min: FIRST - 5, max: FIRST + 20 }),
  item: fc.integer({ min: 0, max: 12 }).map(String),
  scoreMillibits: fc.integer({ min: 0, max: 12_000 }),
})
const anyInput = fc.record({
  items: fc.array(anyItem, { maxLength: 60 }),
  quietDays: fc.uniqueArray(fc.integer({ min: FIRST, max: FIRST + 20 })).map((found) => new Set(found)),
  itemsPerDay: fc.double({ min: 0, max: 5, noNaN: true }),
  thresholdMillibits: fc.integer({ min: 0, max: 12_000 }),
})

describe('whatever was seen', () => {
  test('what is put in force is no higher than before, and no lower than the floor', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { thresholdMillibits } = calibrate(given)
        expect(thresholdMillibits).toBeGreaterThanOrEqual(DEVIATION_FLOOR_MILLIBITS)
        expect(thresholdMillibits).toBeLessThanOrEqual(
          Math.max(given.thresholdMillibits, DEVIATION_FLOOR_MILLIBITS),
        )
      }),
    )
  })

  test('what honours the budget is proposed or in force, and a lower one would not have honoured it', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { thresholdMillibits, expectedPerDay, proposal } = calibrate(given)
        if (expectedPerDay === null) return
        if (proposal !== null) expect(proposal.expectedPerDay).toBeLessThanOrEqual(given.itemsPerDay)
        else expect(expectedPerDay).toBeLessThanOrEqual(given.itemsPerDay)
        const honouring = proposal?.thresholdMillibits ?? thresholdMillibits
        expect(honouring).toBeGreaterThanOrEqual(DEVIATION_FLOOR_MILLIBITS)
      }),
    )
  })

  test('the order of items does not matter', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        expect(calibrate({ ...given, items: given.items.toReversed() })).toEqual(calibrate(given))
      }),
    )
  })
})
