import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { MAX_ANALYSED, splitCommandLine, toArgv } from './split-command-line'

describe('splitting as CommandLineToArgvW does', () => {
  test.each([
    ['x "abc" d e', ['x', 'abc', 'd', 'e']],
    ['x a\\\\b d"e f"g h', ['x', 'a\\\\b', 'de fg', 'h']],
    ['x a\\\\\\"b c d', ['x', 'a\\"b', 'c', 'd']],
    ['x a\\\\\\\\"b c" d e', ['x', 'a\\\\b c', 'd', 'e']],
    ['x a"b"" c d', ['x', 'ab"', 'c', 'd']],
    ['x "a""b c"', ['x', 'a"b', 'c']],
    ['x """a b"""', ['x', '"a', 'b"']],
    ['x "" y', ['x', '', 'y']],
    ['x "open to the end', ['x', 'open to the end']],
    ['x a\tb', ['x', 'a', 'b']],
    ['x a\nb', ['x', 'a\nb']],
    ['x tail\\\\', ['x', 'tail\\\\']],
    ['"C:\\a b\\x.exe"y z', ['C:\\a b\\x.exe', 'y', 'z']],
    ['"C:\\a\\" b', ['C:\\a\\', 'b']],
    ['a"b c"d e', ['a"b', 'cd e']],
    [' a b', ['', 'a', 'b']],
    ['x \\"a b\\"', ['x', '"a', 'b"']],
  ])('%j', (line, argv) => {
    expect(toArgv(line)).toEqual(argv)
  })
})

describe('finding argv[0]', () => {
  const image = 'C:\\Windows\\System32\\regsvr32.exe'
  test.each([
    ['regsvr32 /s a.dll', 'regsvr32'],
    ['"C:\\Windows\\SYSTEM32\\RegSvr32.EXE"  /s a.dll', 'C:\\Windows\\SYSTEM32\\RegSvr32.EXE'],
    ['REGSVR~1.EXE /s a.dll', 'REGSVR~1.EXE'],
    ['C:\\elsewhere\\other.exe /s a.dll', 'C:\\elsewhere\\other.exe'],
    ['  regsvr32 /s', 'regsvr32'],
  ])('%j has one', (line, executable) => {
    const split = splitCommandLine(line, image)
    expect(split.executable?.value).toBe(executable)
    expect(split.args[0]?.value).toBe('/s')
  })

  test.each([['/u /s /i:https://h/c.sct scrobj.dll'], [' -s a.dll'], ['scrobj.dll /u'], ['a.dll']])(
    '%j has none',
    (line) => {
      const split = splitCommandLine(line, image)
      expect(split.executable).toBeNull()
      expect(split.args[0]?.value).toBe(line.trim().split(' ')[0])
    },
  )

  test('an unquoted image path with blanks is one word', () => {
    const split = splitCommandLine('C:\\Program Files\\A B\\t.exe /x', 'C:\\Program Files\\A B\\t.exe')
    expect(split.executable?.value).toBe('C:\\Program Files\\A B\\t.exe')
    expect(split.args.map((argument) => argument.value)).toEqual(['/x'])
  })
})

describe('spans', () => {
  test('every argument stands where its span says', () => {
    const line = '"C:\\x y\\t.exe"  /s "a b".dll c'
    const split = splitCommandLine(line, 't.exe')
    expect(split.args.map(({ start, end }) => line.slice(start, end))).toEqual(['/s', '"a b".dll', 'c'])
    expect(line.slice(split.tailStart)).toBe('/s "a b".dll c')
  })

  test('spans are ordered, disjoint and inside the text, whatever the text', () => {
    const noisy = fc
      .array(fc.constantFrom('"', '\\', ' ', '\t', 'a', '/', '\0', 'é'))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), noisy), fc.string(), (line, image) => {
        const split = splitCommandLine(line, image)
        let last = split.executable?.end ?? 0
        for (const { start, end } of split.args) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(line.length)
      }),
    )
  })

  test('a longer line is cut and says so', () => {
    const split = splitCommandLine(`x ${'a'.repeat(32_000)}`, 'x.exe')
    expect(split.truncated).toBe(true)
    expect(split.text).toHaveLength(MAX_ANALYSED)
  })
})
