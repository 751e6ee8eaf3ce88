import { expect, test } from 'vitest'
import { pagesFirst } from './pages-first'

/** Work of this thread that lasts. */
function work(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test('however many requests are read at once, others have a turn after each slice of all of them', async () => {
  let isReading = true
  let turns = 0
  const others = () => {
    turns++
    if (isReading) setImmediate(others)
  }
  const slices: number[] = []
  const read = async () => {
    for (let record = 0; record < 20; record++) {
      const turn = pagesFirst()
      if (turn !== undefined) await turn
      work(1)
      slices[turns] = (slices[turns] ?? 0) + 1
    }
  }
  setImmediate(others)
  await Promise.all(Array.from({ length: 8 }, read))
  isReading = false
  // a slice of 3 ms has three or four of these, or one more of each request that began before it was over
  expect(Math.max(...slices.filter((records) => records > 0))).toBeLessThanOrEqual(12)
  expect(slices.reduce((sum, records) => sum + (records ?? 0), 0)).toBe(160)
})
