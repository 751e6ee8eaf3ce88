import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('regsvcs', () => {
  test.each([
    [
      'regsvcs.exe C:\\ProgramData\\a.dll',
      'regsvcs <program-data-root>\\a.dll',
      'regsvcs|register|program-data-root|dll',
      ['program-data-root'],
      null,
    ],
    [
      '"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\RegSvcs.exe" /u "C:\\Program Files\\Vendor\\com.dll"',
      'regsvcs /u <program-files>\\vendor\\com.dll',
      'regsvcs|unregister|program-files|dll',
      [],
      null,
    ],
    ['regsvcs a.txt', 'regsvcs a.txt', 'regsvcs|register|bare|txt', ['odd-extension'], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('regsvcs.exe', line, 'C:\\Windows\\System32\\regsvcs.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
