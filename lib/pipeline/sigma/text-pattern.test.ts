import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyDash,
  compilePattern,
  fitsPattern,
  fold,
  longestLiteral,
  readWildcards,
  tailName,
} from './text-pattern'

function fits(written: string, text: string, cased = false): boolean {
  return fitsPattern(compilePattern(readWildcards(written), cased), cased ? text : fold(text))
}

describe('escapes of the specification', () => {
  test.each([
    [String.raw`C:\Windows\cmd.exe`, String.raw`c:\windows\CMD.EXE`, true],
    [String.raw`a\\b`, String.raw`a\b`, true],
    [String.raw`a\\b`, String.raw`a\\b`, false],
    [String.raw`\\\\server\share`, String.raw`\\server\share`, true],
    [String.raw`\\\server`, String.raw`\\server`, true],
    [String.raw`a\*b`, 'a*b', true],
    [String.raw`a\*b`, 'axxb', false],
    [String.raw`a\?b`, 'a?b', true],
    [String.raw`a\?b`, 'axb', false],
    [String.raw`C:\Temp\\*`, String.raw`C:\Temp\anything`, true],
    [String.raw`C:\Temp\\*`, String.raw`C:\Temp*`, false],
    [String.raw`a\\\*b`, String.raw`a\*b`, true],
    [String.raw`a\\\*b`, String.raw`a\xb`, false],
    ['a\\', 'a\\', true],
  ])('%s fits %s: %s', (written, text, expected) => {
    expect(fits(written, text)).toBe(expected)
  })
})

describe('wildcards', () => {
  test.each([
    ['prog?.exe', 'progA.exe', true],
    ['prog?.exe', 'prog.exe', false],
    ['prog*.exe', 'prog.exe', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['*.e?e', 'x.ebe.exe', true],
    ['*?', '', false],
    ['a*?*b', 'ab', false],
    ['a*?*b', 'acb', true],
  ])('%s fits %s: %s', (written, text, expected) => {
    expect(fits(written, text)).toBe(expected)
  })

  test('case counts only where asked for', () => {
    expect(fits('AbC', 'abc')).toBe(true)
    expect(fits('AbC', 'abc', true)).toBe(false)
    expect(fits('AbC', 'AbC', true)).toBe(true)
    expect(fits('*ΟΔΟΣ*', 'η οδος και')).toBe(true)
  })

  const letters = fc.string({ unit: fc.constantFrom('a', 'B', '*', '?', '\\', '-', 'ς'), maxLength: 12 })
  const plainLetters = fc.string({ unit: fc.constantFrom('a', 'b', '\\', '*', '?', '-', 'Σ'), maxLength: 16 })

  test('a pattern fits what the same pattern as a regular expression fits', () => {
    fc.assert(
      fc.property(letters, plainLetters, (written, text) => {
        const source = readWildcards(written)
          .map((piece) =>
            typeof piece === 'string' ? fold(piece).replace(/[\\*?-]/g, '\\$&') : piece === 0 ? '.*' : '.',
          )
          .join('')
        expect(fits(written, text)).toBe(new RegExp(`^${source}$`, 's').test(fold(text)))
      }),
    )
  })

  test('every text that fits holds the longest literal and ends in the tail name', () => {
    fc.assert(
      fc.property(letters, plainLetters, (written, text) => {
        const pattern = compilePattern(readWildcards(written), false)
        fc.pre(fitsPattern(pattern, fold(text)))
        expect(fold(text)).toContain(longestLiteral(pattern))
        const tail = tailName(pattern)
        if (tail !== null) expect(fold(text).slice(fold(text).lastIndexOf('\\') + 1)).toBe(tail)
      }),
    )
  })

  test('a hostile pattern on a hostile text takes no exponential time', () => {
    const pattern = compilePattern(readWildcards(`${'*a?'.repeat(2000)}*b`), false)
    expect(fitsPattern(pattern, 'a'.repeat(32_000))).toBe(false)
  })
})

describe('windash', () => {
  test.each([
    [' -f ', ' /f ', true],
    [' /f ', ' -f ', true],
    [' -f ', ' \u2013f ', true],
    [' -f ', ' \u2014f ', true],
    [' -f ', ' \u2015f ', true],
    [' -f ', ' +f ', false],
    ['well-known', 'well/known', false],
    ['-a -b', '/a \u2013b', true],
  ])('%s fits %s: %s', (written, text, expected) => {
    expect(fitsPattern(compilePattern(anyDash(readWildcards(written)), false), fold(text))).toBe(expected)
  })
})
