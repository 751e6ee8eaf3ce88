import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { SOURCE_SHA256 } from './find-members.wasm'
import { MemberFinder, type Members } from './member-finder'

const WANTED = {
  a: 'value',
  b: { a: 'value', 'a long name of 32 characters ...': 'value' },
  c: { d: { e: 'value' } },
} satisfies Members
const finder = new MemberFinder(WANTED)

function find(line: string | Buffer) {
  finder.hold(Buffer.from(line))
  return finder.find(0)
}

/** What is looked for of an object; undefined where a value is not one that is looked for. */
function restricted(fields: JsonObject, wanted: Members): JsonObject | undefined {
  const some: JsonObject = {}
  for (const [name, inner] of Object.entries(wanted)) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined) continue
    const kept = inner === 'value' || !isObject(value) ? value : restricted(value, inner)
    if (kept === undefined) return undefined
    some[name] = kept
  }
  return some
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const mostly = (usual: readonly string[], rare: readonly string[]) =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  )
/** Text of JSON with blanks, escapes and numbers of every kind, and sometimes a fault. */
const scalar = mostly(
  [
    '"x"',
    '""',
    '"sixteen letters!"',
    '"seventeen letters"',
    '0',
    '-0',
    '12',
    '-1.50',
    '1e9',
    '1E+2',
    'true',
    'null',
  ],
  [
    '"C:\\\\a\\\\b.exe"',
    '"문 \\u00e9"',
    '"\\u12g4"',
    '"\\x"',
    '"tab\t"',
    '01',
    '1.',
    '.5',
    '-',
    '1e',
    'nul',
    'True',
  ],
)
const name = mostly(
  ['"a"', '"b"', '"c"', '"d"', '"e"', '"f"', '"g"', '"__proto__"', '"a long name of 32 characters ..."'],
  ['"\\u0061"', '"é"', 'a'],
)
const blank = mostly(['', '', ' ', '\t', '\r'], ['\u00a0', '\n'])
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }).map((all) => `[${all.join(',')}]`),
    fc
      .array(fc.tuple(name, blank, blank, tie('value'), blank), { maxLength: 5 })
      .map(
        (all) =>
          `{${all.map(([key, one, two, inner, three]) => `${key}${one}:${two}${inner}${three}`).join(',')}}`,
      ),
  ),
}))
const line = fc
  .array(fc.tuple(name, blank, value, blank), { minLength: 1, maxLength: 5 })
  .map((all) => `{${all.map(([key, one, inner, two]) => `${key}:${one}${inner}${two}`).join(',')}}\n`)

describe('what is found in a line', () => {
  test('is what JSON.parse finds in it; nothing where JSON.parse finds no object', () => {
    let found = 0
    fc.assert(
      fc.property(line, fc.option(fc.tuple(fc.nat(), fc.nat(255)), { freq: 1 }), (text, damage) => {
        const bytes = Buffer.from(text)
        if (damage !== null) bytes[1 + (damage[0] % (bytes.length - 2))] = damage[1]
        const result = find(bytes)
        if (result === null) return
        found++
        expect(result.end).toBe(bytes.indexOf('\n') + 1)
        const parsed = JSON.parse(bytes.toString('utf8', 0, result.end)) as JsonObject
        expect(result.fields).toEqual(restricted(parsed, WANTED))
      }),
      { numRuns: 20_000 },
    )
    expect(found).toBeGreaterThan(1_000)
  })

  test.each<[string, string]>([
    ['a line that is cut off', '{"a":1'],
    ['a line without an end', '{"a":1}'],
    ['more behind the object', '{"a":1} x\n'],
    ['a first member that is not looked for', '{"x":1,"a":1}\n'],
    ['no member', '{}\n'],
    ['a member that is looked for twice', '{"a":1,"a":1}\n'],
    ['a text with escapes where one is looked for', '{"a":"\\n"}\n'],
    ['a list where a value is looked for', '{"a":[]}\n'],
    ['a comma too many', '{"a":1,}\n'],
    ['a line end in it', '{"a":1,\n"b":{}}\n'],
    ['a byte order mark', '\ufeff{"a":1}\n'],
    ['deep nesting', `{"a":1,"x":${'['.repeat(17)}${']'.repeat(17)}}\n`],
  ])('is nothing for %s', (_, text) => {
    expect(find(text)).toBeNull()
  })

  test('are plain values, and objects of which members are looked for', () => {
    const text = '{"a":-1.5e3,"x":{"a":[{"b":"\\u00e9"}]},"b":{"a":null,"y":1},"c":{"d":{"e":"x"}}}\r\n'
    expect(find(text)).toEqual({
      end: text.length,
      fields: { a: -1500, b: { a: null }, c: { d: { e: 'x' } } },
    })
  })

  test('lies anywhere in what is held, however long that is', () => {
    const before = `${'x'.repeat(300_000)}\n`
    finder.hold(Buffer.from(`${before}{"a":"y"}\nrest`))
    expect(finder.find(before.length)).toEqual({ end: before.length + 10, fields: { a: 'y' } })
  })
})

test('what is run was made of its source as it is: `npm run assemble`', () => {
  const source = readFileSync(path.resolve('lib/pipeline/parse/members/find-members.as.ts'))
  expect(createHash('sha256').update(source).digest('hex')).toBe(SOURCE_SHA256)
})
