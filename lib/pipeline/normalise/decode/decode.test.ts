import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { type Decoded, decode } from './decode'

const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('base64')
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

/** Encodings and texts, the innermost last, of the first stretch of each layer. */
function layers(found: readonly Decoded[]): [string, string][] {
  const [first] = found
  return first === undefined ? [] : [[first.encoding, first.text], ...layers(first.inner)]
}

test.each([
  ['-enc', 'whoami /all'],
  ['-e', 'dir'],
  ['/EncodedCommand', 'Получить-Дата'],
  ['-eC', 'IEX "1"'],
])('PowerShell reads its own encoded command: %s', (option, script) => {
  expect(layers(decode(`powershell.exe -NoP ${option} ${utf16(script)}`))[0]).toEqual([
    'base64-utf-16',
    script,
  ])
})
test('an encoded command within an encoded command is read as well, and its stretch is said', () => {
  const inner = `powershell -enc ${utf16('Start-Process calc')}`
  const line = `powershell -w hidden -enc ${utf16(inner)}`
  const [outer] = decode(line)
  expect(outer && line.slice(outer.start, outer.end)).toBe(utf16(inner))
  expect(layers(decode(line))).toEqual([
    ['base64-utf-16', inner],
    ['base64-utf-16', 'Start-Process calc'],
  ])
})
test.each([
  ['carets', 'cmd /c p^ow^ersh^ell -c x', 'cmd /c powershell -c x'],
  ['quotes in words', 'm"s"h"t"a http://e.test/a', 'mshta http://e.test/a'],
  ['backticks', 'powershell I`nv`oke-Expr`ession', 'powershell Invoke-Expression'],
  ['texts in pieces', "powershell &('ie'+ 'x') 1", "powershell &('iex') 1"],
  ['character codes', 'powershell [char]0x49+[char]69+[char]88', "powershell 'IEX'"],
])('%s are taken out', (_, line, plain) => {
  expect(layers(decode(line))).toEqual([['escapes', plain]])
})
test('variables of a default installation are put in, cut as cmd.exe cuts them, and unknown ones stay', () => {
  expect(layers(decode('%ComSpec:~-7,3% %windir:~0,2% $env:PUBLIC %own%'))).toEqual([
    ['variables', 'cmd c: c:\\users\\public %own%'],
  ])
})
test('escapes of an address and of a script are read', () => {
  expect(layers(decode('mshta http://e.test/a%20b%2Ehta'))).toEqual([
    ['url-escapes', 'http://e.test/a b.hta'],
  ])
  expect(layers(decode('mshta \\x68\\u0074t%u0070'))).toEqual([['script-escapes', 'http']])
})
test('data that is no text is named and not shown', () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(40, 0x90)])
  expect(layers(decode(`certutil -x ${program.toString('base64')}`))).toEqual([
    ['base64-data', 'a Windows program, 42 bytes'],
  ])
})
test.each([
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -File C:\\Tools\\Maintenance\\Backup.ps1',
  'rundll32.exe C:\\Users\\ana\\AppData\\Local\\Temp\\{6f9619ff-8b86-d011-b42d-00c04fc964ff}.dll,DllRegisterServer',
  'msiexec /i https://example.com/a/verylongdirectoryname/setup.msi d41d8cd98f00b204e9800998ecf8427e /qn',
  'regsvr32 /s "C:\\Program Files\\A\\b.dll"',
])('what is not encoded is left alone: %s', (line) => {
  expect(decode(line)).toEqual([])
})

const wrapped = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'large' },
    fc.string({ unit: anyCharacter, maxLength: 40 }),
    fc.stringMatching(/^[-a-z%^"'`+\\ =()$:~0-9A-F]{0,60}$/),
    tie('text').map((text) => `powershell -enc ${utf16(text)}`),
    tie('text').map((text) => `x ${utf8(text)} y`),
    tie('text').map((text) => `http://e.test/${encodeURIComponent(text.toWellFormed())}`),
  ),
})).text

function walk(text: string, found: readonly Decoded[], depth = 1): { deepest: number; characters: number } {
  let end = 0
  let deepest = depth
  let characters = 0
  for (const one of found) {
    expect(one.start).toBeGreaterThanOrEqual(end)
    expect(one.end).toBeGreaterThan(one.start)
    expect(one.end).toBeLessThanOrEqual(text.length)
    end = one.end
    const within = walk(one.text, one.inner, depth + 1)
    deepest = Math.max(deepest, within.deepest)
    characters += one.text.length + within.characters
  }
  return { deepest, characters }
}

test('whatever the text, stretches lie in order within it and layers stay few and small', () => {
  fc.assert(
    fc.property(wrapped, (text) => {
      const { deepest, characters } = walk(text, decode(text))
      expect(deepest).toBeLessThanOrEqual(7)
      expect(characters).toBeLessThanOrEqual(131_072)
    }),
    { numRuns: 500 },
  )
})
test('any readable script is found again after encoding it as PowerShell does', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 2, maxLength: 80 }), (script) => {
      expect(layers(decode(`powershell -enc ${utf16(script)}`))[0]).toEqual(['base64-utf-16', script])
    }),
  )
})
test.each([
  ['carets', '^'],
  ['quotes', '"'],
  ['percents', '%'],
  ['letters of Base64', 'A'],
  ['escapes', '%41'],
  ['joined texts', "'+'"],
  ['spaces after a quote', "' "],
  ['characters', '[char]65+'],
])('a million %s are bounded work', (_, unit) => {
  const { characters } = walk('x'.repeat(32_768), decode(unit.repeat(1_000_000 / unit.length)))
  expect(characters).toBeLessThanOrEqual(131_072)
})
