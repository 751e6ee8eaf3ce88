import { expect, test } from 'vitest'
import { addSample, leftWords, type Sample, secondsLeft } from './time-left'

function after(...steps: [second: number, done: number][]): readonly Sample[] {
  return steps.reduce<readonly Sample[]>(
    (samples, [second, done]) => addSample(samples, { atMs: second * 1000, done }),
    [],
  )
}

test('time left follows from the speed so far, and is not guessed from a moment', () => {
  expect(secondsLeft(after([0, 0], [10, 100]), 300)).toBe(20)
  expect(secondsLeft(after([0, 0]), 300)).toBeNull()
  expect(secondsLeft(after([0, 0], [1, 100]), 300)).toBeNull()
  expect(secondsLeft([], 300)).toBeNull()
})
test('what stands still has no time left to tell, and what began anew is measured anew', () => {
  expect(secondsLeft(after([0, 50], [10, 50]), 300)).toBeNull()
  expect(secondsLeft(after([0, 500], [10, 0], [20, 10]), 20)).toBe(10)
})
test('speeds of more than a minute ago are forgotten', () => {
  expect(secondsLeft(after([0, 0], [100, 1], [110, 101]), 201)).toBe(10)
})
test('time left is said in the largest unit that matters', () => {
  expect([0.4, 41, 61, 3600, 7500].map(leftWords)).toEqual([
    'almost done',
    '41 s left',
    '2 min left',
    '1 h 0 min left',
    '2 h 5 min left',
  ])
})
