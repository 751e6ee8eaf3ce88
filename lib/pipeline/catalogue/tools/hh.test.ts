import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('hh', () => {
  test.each([
    [
      '"C:\\Windows\\hh.exe" C:\\ProgramData\\guide.chm',
      'hh <program-data-root>\\guide.chm',
      'hh|file|program-data-root|chm',
      ['program-data-root'],
      'guide.chm',
    ],
    [
      'hh.exe http://example.com/a.chm',
      'hh http://example.com/*.chm',
      'hh|url|url|chm',
      ['remote-url'],
      'a.chm',
    ],
    [
      'hh ms-its:C:\\Program Files\\Vendor\\help.chm::/start.htm',
      'hh <program-files>\\vendor\\help.chm',
      'hh|file|program-files|chm',
      [],
      'help.chm',
    ],
    [
      'hh.exe "mk:@MSITStore:C:\\Program Files\\Vendor\\help.chm::/start.htm"',
      'hh <program-files>\\vendor\\help.chm',
      'hh|file|program-files|chm',
      [],
      'help.chm',
    ],
    [
      'hh -decompile C:\\temp\\out C:\\Users\\ann\\Downloads\\a.chm',
      'hh /decompile <temp>\\* <downloads>\\*.chm',
      'hh|decompile|downloads|chm',
      ['decodes-file', 'downloads'],
      'a.chm',
    ],
    [
      'hh.exe C:\\Windows\\System32\\calc.exe',
      'hh <system>\\calc.exe',
      'hh|file|system|exe',
      ['odd-extension'],
      'calc.exe',
    ],
    [
      'hh -mapid 1001 "C:\\Program Files\\Vendor\\help.chm"',
      'hh /mapid <n> <program-files>\\vendor\\help.chm',
      'hh|file|program-files|chm',
      [],
      'help.chm',
    ],
    ['hh javascript:alert(1)', 'hh javascript:alert(<n>)', 'hh|inline-script|-|-', ['inline-script'], null],
    ['hh', 'hh', 'hh|none|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('hh.exe', line, 'C:\\Windows\\System32\\hh.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
