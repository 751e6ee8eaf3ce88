import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, parseCondition } from './condition'

function shown(condition: Condition): string {
  switch (condition.kind) {
    case 'identifier':
      return condition.name
    case 'not':
      return `!${shown(condition.of)}`
    case 'selector':
      return `${condition.count}<${condition.pattern ?? 'them'}>`
    default:
      return `(${condition.of.map(shown).join(condition.kind === 'and' ? ' & ' : ' | ')})`
  }
}

describe('binding', () => {
  test.each([
    ['selection', 'selection'],
    ['a or b and c', '(a | (b & c))'],
    ['a and b or c and d', '((a & b) | (c & d))'],
    ['not a and b', '(!a & b)'],
    ['not (a or b)', '!(a | b)'],
    ['not not a', 'a'],
    ['not not not a', '!a'],
    ['selection and not 1 of filter_*', '(selection & !one<filter_*>)'],
    ['1 of them', 'one<them>'],
    ['any of selection_*', 'one<selection_*>'],
    ['all of them and not filter', '(all<them> & !filter)'],
    ['ALL OF selection* AND NOT (filter)', '(all<selection*> & !filter)'],
    ['((a))', 'a'],
    ['(a)and(b)', '(a & b)'],
    ['all', 'all'],
  ])('%s is %s', (written, expected) => {
    const { condition, problem } = parseCondition(written)
    expect(problem).toBeNull()
    expect(condition && shown(condition)).toBe(expected)
  })
})

describe('refusals say what is wrong', () => {
  test.each([
    ['', 'nothing'],
    ['a and', 'nothing'],
    ['and a', '“and”'],
    ['(a', 'open'],
    ['a)', 'after its end'],
    ['a b', '“b”'],
    ['2 of them', '2 of'],
    ['1 of', 'nothing'],
    ['1 of (a)', '“(”'],
    ['selection | count() > 5', 'aggregations'],
    [`${'('.repeat(100)}a${')'.repeat(100)}`, 'parentheses'],
    ['a or '.repeat(5000), 'longer'],
  ])('%s', (written, expected) => {
    expect(parseCondition(written).problem).toContain(expected)
  })
})

test('parsing never throws, and answers a condition or a problem', () => {
  const words = fc.constantFrom(
    'and',
    'or',
    'not',
    '(',
    ')',
    'of',
    '1',
    'all',
    'them',
    'a',
    'b*',
    '|',
    '_x',
    '\u0000',
  )
  const written = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
  )
  fc.assert(
    fc.property(written, (text) => {
      const { condition, problem } = parseCondition(text)
      expect(condition === null).toBe(problem !== null)
    }),
  )
})
