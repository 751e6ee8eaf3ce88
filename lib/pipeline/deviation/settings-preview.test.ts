import { describe, expect, test } from 'vitest'
import { compareItems, type ItemDay } from './settings-preview'

const WINDOW = { from: 10, to: 12 }

function one(item: string, day: number, scoreMillibits: number): ItemDay {
  return { day, item, slug: 'rundll32.exe', title: `pattern ${item}`, scoreMillibits }
}

describe('what other settings do to the queue', () => {
  test('is told by item: what appears, what vanishes, and what scores otherwise', () => {
    const before = [one('stays', 10, 5000), one('goes', 11, 4500), one('moves', 11, 6000)]
    const after = [one('stays', 10, 5000), one('comes', 12, 7000), one('moves', 11, 8000)]
    const effect = compareItems(before, after, WINDOW, 4000)
    expect(effect.appearing).toEqual([
      { item: 'comes', slug: 'rundll32.exe', title: 'pattern comes', before: null, after: 7000 },
    ])
    expect(effect.vanishing).toMatchObject([{ item: 'goes', before: 4500, after: null }])
    expect(effect.moving).toMatchObject([{ item: 'moves', before: 6000, after: 8000 }])
    expect(effect.counts).toEqual({ appearing: 1, vanishing: 1, moving: 1 })
  })

  test('counts an item as new once, on the first day on which it is shown, however often it recurs', () => {
    const days = [
      one('old', 3, 5000),
      one('old', 11, 5000),
      one('new', 11, 3000),
      one('new', 12, 5000),
      one('new', 12, 9000),
    ]
    const { newBefore, itemsBefore } = compareItems(days, [], WINDOW, 4000)
    expect(newBefore).toEqual([0, 0, 1])
    expect(itemsBefore).toBe(2)
  })

  test('takes what scores below the threshold for not shown', () => {
    const { itemsBefore, itemsAfter } = compareItems([one('a', 10, 5000)], [one('a', 10, 4999)], WINDOW, 5000)
    expect([itemsBefore, itemsAfter]).toEqual([1, 0])
  })

  test('lists no more than ten of each, the weightiest first, and says how many there are', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      one(String(index).padStart(2, '0'), 10, 4000 + index),
    )
    const { appearing, counts } = compareItems([], many, WINDOW, 4000)
    expect(appearing.map(({ after }) => after)).toEqual(
      Array.from({ length: 10 }, (_, index) => 4029 - index),
    )
    expect(counts.appearing).toBe(30)
  })
})
