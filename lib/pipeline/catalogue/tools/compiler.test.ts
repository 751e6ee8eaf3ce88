import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('compilers', () => {
  test.each([
    [
      'csc.exe',
      '"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /noconfig /fullpaths @"C:\\Users\\ann\\AppData\\Local\\Temp\\k3j2l1\\k3j2l1.cmdline"',
      'csc /noconfig /fullpaths @<user-temp>\\*.cmdline',
      'csc|response-file|user-temp|cmdline',
      [],
    ],
    [
      'csc.exe',
      'csc /noconfig /fullpaths @"C:\\Windows\\SystemTemp\\zyxw\\zyxw.cmdline"',
      'csc /noconfig /fullpaths @<temp>\\*.cmdline',
      'csc|response-file|temp|cmdline',
      [],
    ],
    [
      'csc.exe',
      'csc.exe -out:My.exe C:\\Users\\ann\\AppData\\Local\\Temp\\a.cs',
      'csc /out:my.exe <user-temp>\\*.cs',
      'csc|source|user-temp|cs',
      ['user-temp'],
    ],
    ['jsc.exe', 'jsc.exe script.js', 'jsc script.js', 'jsc|source|bare|js', []],
    ['vbc.exe', 'vbc', 'vbc', 'vbc|none|-|-', ['no-arguments']],
  ])('%s: %s', (slug, commandLine, pattern, shape, facts) => {
    expect(readToolUse(slug, commandLine, `C:\\Windows\\System32\\${slug}`)).toMatchObject({
      pattern,
      shape,
      facts,
    })
  })
})
