import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstDifference, type GroupRule, type GroupSpan, placedBy, spansByRule } from './group-rules'
import { fitsPattern } from './host-pattern'

function rule(pattern: string, groupId: number, traits: Partial<GroupRule> = {}): GroupRule {
  return { pattern, groupId, position: groupId, from: 0, to: null, ...traits }
}

describe('a name pattern', () => {
  test.each([
    ['till-1', 'till-*', true],
    ['TILL-1', 'till-?', true],
    ['till-12', 'till-?', false],
    ['xtill-1', 'till-*', false],
    ['srv.corp.example', '*.corp.*', true],
    ['abcabcabd', '*abd', true],
    ['', '*', true],
    ['', '', true],
    ['a', '', false],
    ['a.b', 'a?b', true],
    ['a+b', 'a+b', true],
    ['aab', 'a+b', false],
  ])('%s fits %s: %s', (name, pattern, fits) => {
    expect(fitsPattern(name, pattern)).toBe(fits)
  })

  test('says the same as a regular expression, and nothing in it is one', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', '*', '?', '\\'), maxLength: 8 })
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', '\\'), maxLength: 8 })
    fc.assert(
      fc.property(plain, text, (name, pattern) => {
        const source = pattern
          .replace(/[.(\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')
        expect(fitsPattern(name, pattern)).toBe(new RegExp(`^${source}$`, 's').test(name))
      }),
    )
  })

  test('made to be slow is not', () => {
    expect(fitsPattern('a'.repeat(253), `${'a*'.repeat(120)}b`)).toBe(false)
  })
})

describe('groups by name', () => {
  test('of several patterns the first decides', () => {
    expect(spansByRule(['till-1'], [rule('*', 2), rule('till-*', 1)], [])).toEqual([
      { groupId: 1, from: 0, to: null },
    ])
  })

  test('any of the names of a host counts', () => {
    expect(spansByRule(['ws-1', 'kiosk-7.corp'], [rule('kiosk-*', 1)], [])).toHaveLength(1)
  })

  test('each day is placed by the patterns of that day', () => {
    const rules = [
      rule('ws-*', 1, { to: 10 }),
      rule('ws-*', 2, { from: 10, to: 20 }),
      rule('ws-1*', 2, { from: 20 }),
    ]
    expect(spansByRule(['ws-1'], rules, [])).toEqual([
      { groupId: 1, from: 0, to: 10 },
      { groupId: 2, from: 10, to: null },
    ])
  })

  test('a host that somebody placed by hand is left there, and only meanwhile', () => {
    const byHand = [{ groupId: 9, from: 5, to: 8 }]
    expect(spansByRule(['ws-1'], [rule('ws-*', 1)], byHand)).toEqual([
      { groupId: 1, from: 0, to: 5 },
      { groupId: 1, from: 8, to: null },
    ])
  })

  const span = fc.record({ from: fc.nat(20), length: fc.option(fc.integer({ min: 1, max: 10 })) })
  const rules = fc.array(
    fc.tuple(fc.constantFrom('ws-*', 'ws-1', '*-1', 'srv-*'), fc.integer({ min: 1, max: 3 }), span),
    { maxLength: 5 },
  )
  test('spans never overlap each other or what was done by hand, and agree with the patterns of every day', () => {
    fc.assert(
      fc.property(rules, span, (drawn, hand) => {
        const toSpan = ({ from, length }: { from: number; length: number | null }) => ({
          from,
          to: length === null ? null : from + length,
        })
        const all = drawn.map(([pattern, groupId, one], position) => ({
          pattern,
          groupId,
          position,
          ...toSpan(one),
        }))
        const byHand: GroupSpan[] = [{ groupId: 9, ...toSpan(hand) }]
        const spans = spansByRule(['ws-1'], all, byHand)
        for (let day = 0; day < 40; day++) {
          const on = (one: { from: number; to: number | null }) =>
            one.from <= day && (one.to === null || day < one.to)
          const first = all.find((one) => on(one) && fitsPattern('ws-1', one.pattern))
          const expected = byHand.some(on) ? [] : first === undefined ? [] : [first.groupId]
          expect(spans.filter(on).map(({ groupId }) => groupId)).toEqual(expected)
        }
        expect(firstDifference(spans, spans)).toBeNull()
      }),
    )
  })

  test('the first day that changes is where two placements part', () => {
    const before = [{ groupId: 1, from: 0, to: null }]
    const after = [
      { groupId: 1, from: 0, to: 12 },
      { groupId: 2, from: 12, to: null },
    ]
    expect(firstDifference(before, after)).toBe(12)
    expect(firstDifference([], after)).toBe(0)
  })
})

test('what a list would take is told by pattern, with what it leaves', () => {
  const host = (name: string, byHand = false) => ({ name, names: [name], byHand })
  const hosts = [host('ws-1'), host('ws-2', true), host('srv-1'), host('lab')]
  expect(placedBy(['ws-*', '*-1'], hosts)).toEqual({
    rules: [
      { hosts: 1, names: ['ws-1'], taken: 0 },
      { hosts: 1, names: ['srv-1'], taken: 1 },
    ],
    byHand: 1,
    unplaced: 1,
  })
})
