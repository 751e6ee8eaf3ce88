import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from './catalogue'
import type { CatalogueEntry } from './entry'
import {
  diffCatalogue,
  MAX_JSON_CHARACTERS,
  MAX_YAML_CHARACTERS,
  parseLolbasJson,
  parseLolbasYaml,
} from './lolbas'

const fixture = (name: string) => readFileSync(`fixtures/lolbas/${name}`, 'utf8')

describe('the JSON file', () => {
  const { entries, rejections } = parseLolbasJson(fixture('entries.json'))

  test('becomes drafts that stay off until an admin turns them on', () => {
    expect(entries.map((entry) => [entry.slug, entry.kind, entry.tier])).toEqual([
      ['sample.exe', 'binary', 'optional'],
      ['sample.dll', 'library', 'optional'],
    ])
  })

  test('gives each function and technique once, and real paths only', () => {
    expect(entries[0]).toMatchObject({
      name: 'Sample.exe',
      description: 'A tool made up for this test.',
      functions: ['Download', 'Execute'],
      attack: ['T1105', 'T1218'],
      paths: [String.raw`C:\Program Files\Sample\Sample.exe`],
    })
  })

  test('entries that cannot be read are counted with a reason', () => {
    expect(rejections.map((rejection) => [rejection.position, rejection.recordId])).toEqual([
      [3, 'sample.EXE'],
      [4, '..\\evil.exe'],
      [5, 'Idle.exe'],
      [6, null],
      [7, null],
    ])
    for (const rejection of rejections) expect(rejection.reason).toMatch(/^The .+[^.]\.$/)
  })

  test.each(['', '{', '{"Name": "a.exe"}', 'null', '['.repeat(200_000)])(
    '%.10s is refused as a whole',
    (text) => {
      const result = parseLolbasJson(text)
      expect(result.entries).toEqual([])
      expect(result.rejections).toHaveLength(1)
    },
  )

  test('too large a file, or one of too many entries, is refused unread', () => {
    expect(parseLolbasJson(' '.repeat(MAX_JSON_CHARACTERS + 1)).rejections[0]?.reason).toContain('16 MiB')
    expect(parseLolbasJson(`[${'0,'.repeat(5000)}0]`).rejections[0]?.reason).toContain('5000')
  })

  test('any JSON at all is answered without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (values) => {
        const result = parseLolbasJson(JSON.stringify(values))
        expect(result.entries.length + result.rejections.length).toBe(values.length)
      }),
    )
  })
})

describe('YAML files', () => {
  test('read like the JSON, several documents at once', () => {
    const text = fixture('sample.yml')
    const { entries, rejections } = parseLolbasYaml(`${text}${text.replaceAll('Sample.ps1', 'Other.ps1')}`)
    expect(rejections).toEqual([])
    expect(entries.map((entry) => [entry.slug, entry.kind])).toEqual([
      ['sample.ps1', 'script'],
      ['other.ps1', 'script'],
    ])
    expect(entries[0]).toMatchObject({
      attack: ['T1216'],
      functions: ['Execute'],
      paths: [String.raw`C:\Windows\diagnostics\system\Sample\Sample.ps1`],
    })
  })

  test('an alias bomb is refused instead of expanded', () => {
    const result = parseLolbasYaml(fixture('alias-bomb.yml'))
    expect(result.entries).toEqual([])
    expect(result.rejections[0]?.reason).toContain('aliases')
  })

  test('a tag that asks for code yields no code', () => {
    const { entries, rejections } = parseLolbasYaml(fixture('code-tag.yml'))
    expect(entries).toEqual([])
    expect(rejections).toHaveLength(1)
  })

  test.each([
    ['nothing', ''],
    ['broken indentation', 'Name: a\n  b: [c'],
    ['deep nesting', '['.repeat(20_000)],
    ['deep nesting that closes', '['.repeat(5000) + ']'.repeat(5000)],
    ['nested lists on one line', '- '.repeat(10_000)],
    ['a plain text', 'just words'],
  ])('%s is refused', (_, text) => {
    const result = parseLolbasYaml(text)
    expect(result.entries).toEqual([])
    expect(result.rejections).toHaveLength(1)
  })

  test('too large a file is refused unread', () => {
    expect(parseLolbasYaml('#'.repeat(MAX_YAML_CHARACTERS + 1)).rejections[0]?.reason).toContain('256 KiB')
  })

  test('a key named __proto__ changes no prototype', () => {
    parseLolbasYaml('__proto__: { author: Mallory }\nName: a.exe\nCommands: [{ Category: Execute }]')
    expect({}).not.toHaveProperty('author')
  })
})

describe('comparing an import with the catalogue', () => {
  const certutil = CATALOGUE.find((entry) => entry.slug === 'certutil.exe') as CatalogueEntry

  test('an entry nobody has is new', () => {
    const { entries } = parseLolbasJson(fixture('entries.json'))
    const diff = diffCatalogue(CATALOGUE, entries)
    expect(diff.added.map((entry) => entry.slug)).toEqual(['sample.exe', 'sample.dll'])
    expect(diff.changed).toEqual([])
  })

  test('order, case and wording are no change', () => {
    const reordered = {
      ...certutil,
      description: 'Other words.',
      paths: certutil.paths.map((path) => path.toLowerCase()).reverse(),
      attack: [...certutil.attack].reverse(),
    }
    expect(diffCatalogue(CATALOGUE, [reordered])).toEqual({ added: [], changed: [], unchanged: [certutil] })
  })

  test('a new technique is a change of that field only', () => {
    const incoming = { ...certutil, attack: [...certutil.attack, 'T1218'] }
    expect(diffCatalogue(CATALOGUE, [incoming]).changed).toEqual([
      { current: certutil, incoming, fields: ['attack'] },
    ])
  })

  test('the catalogue compared with itself is unchanged', () => {
    expect(diffCatalogue(CATALOGUE, CATALOGUE).unchanged).toHaveLength(CATALOGUE.length)
  })
})
