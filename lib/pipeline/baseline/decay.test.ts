import { describe, expect, test } from 'vitest'
import { countedHours, DEFAULT_LEARNING, decayedWeight, decayWeights } from './decay'
import { HOUR_UNIT } from './weights'

const weights = decayWeights(DEFAULT_LEARNING)

describe('an hour of use', () => {
  test('weighs half after thirty days, and half of that after another thirty', () => {
    expect([0, 30, 60, 180].map((age) => decayedWeight(weights, 1, age) / HOUR_UNIT)).toEqual([
      1,
      0.5,
      0.25,
      1 / 64,
    ])
  })

  test('is forgotten after the window', () => {
    expect(decayedWeight(weights, 24, DEFAULT_LEARNING.windowDays + 1)).toBe(0)
  })

  test('never weighs more than a younger one', () => {
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
  })

  test('counts as seen once while anything of it is left', () => {
    expect([0, 1, HOUR_UNIT - 1, HOUR_UNIT, 2.5 * HOUR_UNIT].map(countedHours)).toEqual([0, 1, 1, 1, 2])
  })
})
