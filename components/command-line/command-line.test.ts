import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { toRuns } from '@/lib/pipeline/visible-text'
import { toParts } from './to-parts'

test('a right-to-left override cannot disguise an extension', () => {
  expect(toRuns('invoice\u202Efdp.exe')).toEqual([
    { at: 0, text: 'invoice', hidden: false },
    { at: 7, text: '[U+202E]', hidden: true },
    { at: 8, text: 'fdp.exe', hidden: false },
  ])
})
test('whatever the text, no hidden character reaches the page', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (text) => {
      const shown = toRuns(text)
        .map((run) => run.text)
        .join('')
      expect(shown).not.toMatch(/(?!\t)[\p{Cc}\p{Cf}]/u)
    }),
  )
})
test('executable, switches, paths and URLs are told apart', () => {
  const text = 'regsvr32.exe /s /i:x http://e.test/a.sct "C:\\Program Files\\a b.dll" <guid>'
  expect(
    toParts(text, 'C:\\Windows\\System32\\regsvr32.exe').map(({ start, end, kind }) => [
      text.slice(start, end),
      kind,
    ]),
  ).toEqual([
    ['regsvr32.exe', 'executable'],
    ['/s', 'switch'],
    ['/i:x', 'switch'],
    ['http://e.test/a.sct', 'url'],
    ['"C:\\Program Files\\a b.dll"', 'path'],
    ['<guid>', 'masked'],
  ])
})
