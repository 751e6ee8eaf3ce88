import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SigmaFields } from './check'
import { exampleRule } from './example-rule'
import { LiteralFinder } from './literal-finder'
import type { SigmaRule } from './rule'
import { compileEngine, isHit } from './rule-engine'

const word = fc.constantFrom(
  'a',
  'B',
  'ab',
  'ΑΣ',
  '\\a.exe',
  '\\b.exe',
  'c:\\a.exe',
  '-a',
  ' /b',
  '',
  '*',
  'a?b',
  'a\\*',
)
const value = fc.array(word, { minLength: 0, maxLength: 3 }).map((words) => words.join(''))
const field = fc.constantFrom('Image', 'CommandLine', 'ParentImage', 'User', 'Company')
const modifiers = fc.constantFrom(
  '',
  '|contains',
  '|endswith',
  '|startswith',
  '|contains|all',
  '|contains|cased',
  '|windash|contains',
  '|neq',
)
const item = fc
  .tuple(field, modifiers, fc.array(fc.oneof(value, fc.constant(null)), { minLength: 1, maxLength: 3 }))
  .map(([name, modifier, values]) => ({
    [`${name}${modifier}`]: modifier === '' ? values : values.map((one) => one ?? 'x'),
  }))
const identifier = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => Object.assign({}, ...items)),
  fc.array(item, { minLength: 1, maxLength: 3 }),
  fc.array(value, { minLength: 1, maxLength: 2 }),
)
const condition = fc.constantFrom(
  's',
  's and not f',
  's or t',
  '1 of them',
  'all of them',
  'not s',
  '(s or f) and not t',
  's and t',
)
const rules = fc
  .array(fc.record({ s: identifier, t: identifier, f: identifier, condition }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((detections) =>
    detections.flatMap((detection, index): SigmaRule[] => {
      const written = Object.entries(detection).map(([key, one]) => `${key}: ${JSON.stringify(one)}`)
      try {
        return [exampleRule(written.join('\n'), { id: `rule-${index}`, title: `Rule ${index}` })]
      } catch {
        return [] // rules that can never be hits are refused
      }
    }),
  )
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 5 })
      .map((words) => words.join('')),
  },
  fc.constantFrom(null, undefined),
)
const fields: fc.Arbitrary<SigmaFields> = fc.record({
  image: text,
  commandline: text,
  parentimage: text,
  user: text,
})

test('the index finds exactly the rules that are hits when each is asked', () => {
  let found = 0
  fc.assert(
    fc.property(rules, fc.array(fields, { minLength: 1, maxLength: 5 }), (list, events) => {
      const engine = compileEngine(list)
      for (const one of events) {
        const event = { category: 'process_creation', product: 'windows', fields: one } as const
        const expected = list.filter((rule) => isHit(rule, event)).map(({ id }) => id)
        found += expected.length
        expect(engine.hits(event).map(({ id }) => id)).toEqual(expected.sort())
      }
    }),
    { numRuns: 500 },
  )
  expect(found).toBeGreaterThan(500)
})

test('the order in which rules are loaded does not matter', () => {
  fc.assert(
    fc.property(rules, fields, (list, one) => {
      const event = { category: 'process_creation', product: 'windows', fields: one } as const
      expect(compileEngine(list.toReversed()).hits(event)).toEqual(compileEngine(list).hits(event))
    }),
  )
})

test('the finder reports the literals that a text holds, and no others', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 }),
      (literals, searched) => {
        const finder = new LiteralFinder(literals.map((literal, index) => [literal, index] as const))
        const reported = new Set<number>()
        finder.find(searched, (payload) => reported.add(payload))
        expect([...reported].sort((a, b) => a - b)).toEqual(
          literals.flatMap((literal, index) => (searched.includes(literal) ? [index] : [])),
        )
      },
    ),
  )
})
