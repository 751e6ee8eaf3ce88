import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleRuleText } from './example-rule'
import { readRules } from './read-rules'

const PLAIN = 'selection:\n  Image|endswith: \\mshta.exe\ncondition: selection'

function reasonOf(text: string): string {
  const { rules, refused } = readRules(text)
  expect(rules).toHaveLength(0)
  expect(refused).toHaveLength(1)
  return refused[0]?.reason ?? ''
}

test('a rule is read with what it says of itself', () => {
  const { rules } = readRules(`title: Own rule
id: 0A1B2C3D-0000-4000-8000-000000000001
status: test
level: critical
description: What it is for.
author: Ada
references:
  - https://example.com/a
  - A talk
tags: [attack.t1218.005]
date: 2026/01/02
modified: 2026-03-04
logsource: {category: process_creation, product: windows}
detection:
  selection: {Description: x}
  other: {Image|endswith: \\mshta.exe}
  condition: 1 of them
`)
  expect(rules[0]?.rule).toMatchObject({
    id: '0a1b2c3d-0000-4000-8000-000000000001',
    title: 'Own rule',
    level: 'critical',
    status: 'test',
    category: 'process_creation',
    product: 'windows',
    references: ['https://example.com/a', 'A talk'],
    tags: ['attack.t1218.005'],
    modified: '2026-03-04',
    unknownFields: ['Description'],
  })
})

test('a rule without an id is known by its title, and without a level counts as medium', () => {
  const text = exampleRuleText(PLAIN).replace('level: high\n', '')
  const [first] = readRules(text).rules
  expect(first?.rule.id).toMatch(/^title--?\d+$/)
  expect(first?.rule.level).toBe('medium')
  expect(readRules(text.replace('Example', 'Other')).rules[0]?.rule.id).not.toBe(first?.rule.id)
})

test('a global document lends its values to those after it', () => {
  const { rules, refused } = readRules(`action: global
title: Shared
logsource: {product: windows}
detection: {condition: selection}
---
id: aaaaaaaa-0000-4000-8000-000000000001
logsource: {category: process_creation}
detection: {selection: {Image|endswith: a.exe}}
---
id: aaaaaaaa-0000-4000-8000-000000000002
title: Own title
logsource: {category: image_load}
detection: {selection: {ImageLoaded|endswith: a.dll}}
`)
  expect(refused).toEqual([])
  expect(rules.map(({ rule }) => [rule.title, rule.category, rule.product])).toEqual([
    ['Shared', 'process_creation', 'windows'],
    ['Own title', 'image_load', 'windows'],
  ])
})

describe('refused with a reason', () => {
  test.each([
    ['deprecated', exampleRuleText(PLAIN, { status: 'deprecated' }), 'deprecated'],
    ['unsupported', exampleRuleText(PLAIN, { status: 'unsupported' }), 'unsupported'],
    ['other taxonomy', exampleRuleText(PLAIN, { taxonomy: 'ecs' }), 'ecs'],
    ['other category', exampleRuleText(PLAIN, { category: 'file_event' }), 'file_event'],
    ['other product', exampleRuleText(PLAIN, { product: 'linux' }), 'linux'],
    [
      'one log only',
      exampleRuleText(PLAIN).replace('  product', '  service: security\n  product'),
      'security',
    ],
    [
      'no category',
      exampleRuleText(PLAIN).replace('  category: process_creation\n', '  service: sysmon\n'),
      'sysmon',
    ],
    ['unknown level', exampleRuleText(PLAIN, { level: 'extreme' }), 'level'],
    ['no title', exampleRuleText(PLAIN, { title: "''" }), 'title'],
    ['no condition', exampleRuleText('selection:\n  Image: a'), 'no condition'],
    ['unknown identifier', exampleRuleText('selection:\n  Image: a\ncondition: other'), 'other'],
    ['nothing chosen', exampleRuleText('selection:\n  Image: a\ncondition: 1 of f_*'), 'f_*'],
    [
      'aggregation',
      exampleRuleText('selection:\n  Image: a\ncondition: selection | count() > 3'),
      'aggregations',
    ],
    [
      'time frame',
      exampleRuleText('selection:\n  Image: a\ntimeframe: 5m\ncondition: selection'),
      'time frame',
    ],
    ['unknown modifier', exampleRuleText('s:\n  Image|near: a\ncondition: s'), 'near'],
    ['placeholders', exampleRuleText('s:\n  User|expand: "%admins%"\ncondition: s'), 'expand'],
    ['time of day', exampleRuleText('s:\n  Image|hour: 3\ncondition: s'), 'hour'],
    ['two types', exampleRuleText('s:\n  Image|re|cidr: a\ncondition: s'), 'exclude'],
    ['flag without re', exampleRuleText('s:\n  Image|i: a\ncondition: s'), 'after it'],
    ['re with contains', exampleRuleText('s:\n  Image|contains|re: a\ncondition: s'), 're does not go'],
    ['null with contains', exampleRuleText('s:\n  Image|contains: null\ncondition: s'), 'null'],
    ['wildcards encoded', exampleRuleText('s:\n  CommandLine|base64: a*\ncondition: s'), 'wildcards'],
    ['UTF-16 alone', exampleRuleText('s:\n  CommandLine|wide: a\ncondition: s'), 'UTF-16'],
    ['no network', exampleRuleText('s:\n  Image|cidr: abc\ncondition: s'), 'network'],
    ['no number', exampleRuleText('s:\n  Image|lt: abc\ncondition: s'), 'number'],
    ['no truth value', exampleRuleText('s:\n  Image|exists: maybe\ncondition: s'), 'true or false'],
    ['empty list', exampleRuleText('s:\n  Image: []\ncondition: s'), 'no value'],
    ['empty map', exampleRuleText('s: {}\ncondition: s'), 'empty'],
    ['nested values', exampleRuleText('s:\n  Image: {a: b}\ncondition: s'), 'neither'],
    ['fields that are not stored', exampleRuleText('s:\n  Company: a\ncondition: s'), 'Company'],
    ['looking around', exampleRuleText("s:\n  Image|re: '(?=a)b'\ncondition: s"), 'not supported'],
    ['back reference', exampleRuleText("s:\n  Image|re: '(a)\\1'\ncondition: s"), 'not supported'],
    ['correlation', 'title: C\ncorrelation:\n  type: event_count', 'correlation'],
    ['filter', 'title: F\nfilter:\n  rules: [a]', 'filter'],
    ['other action', `action: repeat\n${exampleRuleText(PLAIN)}`, 'repeat'],
    ['NUL', exampleRuleText('s:\n  CommandLine: "a\\0b"\ncondition: s'), 'NUL'],
    ['a key twice', exampleRuleText('s:\n  Image: a\n  Image: b\ncondition: s'), 'twice'],
    ['no YAML', 'title: [', 'YAML'],
    ['an alias', 'a: &x [1]\nb: *x', 'aliases'],
    ['a list', '- 1\n- 2', 'not a map'],
    ['nothing', '', 'no Sigma rule'],
  ])('%s', (_, text, expected) => {
    expect(reasonOf(text)).toContain(expected)
  })
})

describe('hostile rules', () => {
  test.each([
    ['regular expressions that explode', "'(a+)+$'"],
    ['overlapping alternatives', "'(a|aa|aaa)*b'"],
    ['nested repeats', "'((a*)*)*b'"],
  ])('%s take time that grows with the text only', (_, regex) => {
    const [read] = readRules(exampleRuleText(`s:\n  CommandLine|re: ${regex}\ncondition: s`)).rules
    expect(read).toBeDefined()
    const { expression } = read?.rule ?? {}
    expect(expression?.kind).toBe('check')
    if (expression?.kind !== 'check' || expression.check.matcher.kind !== 'regex') return
    expect(expression.check.matcher.regex.test(`${'a'.repeat(32_000)}!`)).toBe(false)
  })

  test.each([
    [
      'a regular expression of many steps',
      exampleRuleText(`s:\n  Image|re: '${'(a{500})'.repeat(40)}'\ncondition: s`),
      'repeat',
    ],
    [
      'a repeat beyond the limit',
      exampleRuleText("s:\n  Image|re: '(a{1000}){1000}'\ncondition: s"),
      'not supported',
    ],
    ['a value of 10 MB', exampleRuleText(`s:\n  Image: ${'a'.repeat(10_000_000)}\ncondition: s`), 'larger'],
    ['a value of 100 kB', exampleRuleText(`s:\n  Image: ${'a'.repeat(100_000)}\ncondition: s`), 'longer'],
    ['deep nesting', `title: ${'['.repeat(50_000)}`, 'deep'],
    ['aliases of aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]', 'aliases'],
    [
      'a condition that repeats itself',
      exampleRuleText(`s:\n  Image: [${'a,'.repeat(500)}b]\ncondition: ${'s or '.repeat(1000)}s`),
      'comparisons',
    ],
    ['very many documents', '---\na: 1\n'.repeat(2000), 'documents'],
  ])('%s is refused in bounded time', (_, text, expected) => {
    expect(reasonOf(text)).toContain(expected)
  })

  test('a key called __proto__ changes nothing', () => {
    readRules(exampleRuleText('__proto__:\n  polluted: yes\ns:\n  Image: a\ncondition: s'))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('reading never throws', () => {
    const piece = fc.constantFrom(
      'title: a\n',
      'detection:\n',
      '  s:\n',
      '    Image|re: (\n',
      '  condition: s\n',
      '---\n',
      '[',
      '*a',
      '&a ',
      '"',
      '\n',
      'logsource: {category: process_creation}\n',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map((list) => list.join('')),
        ),
        (text) => {
          const { rules, refused } = readRules(text)
          expect(rules.length + refused.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
