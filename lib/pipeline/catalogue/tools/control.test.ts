import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('control', () => {
  test.each([
    [
      'control.exe /name Microsoft.WindowsUpdate',
      'control /name microsoft.windowsupdate',
      'control|named-item|-|-',
      [],
      null,
    ],
    [
      'control timedate.cpl',
      'control <system>\\timedate.cpl',
      'control|applet|system|cpl',
      [],
      'timedate.cpl',
    ],
    [
      'control.exe C:\\Users\\Public\\a.cpl',
      'control <public>\\a.cpl',
      'control|applet|public|cpl',
      ['public-folder', 'foreign-applet'],
      'a.cpl',
    ],
    [
      '"C:\\Windows\\System32\\control.exe" C:\\Users\\ann\\Downloads\\a.txt:evil.dll',
      'control <downloads>\\*.txt:evil.dll',
      'control|applet|alternate-data-stream|dll',
      ['alternate-data-stream', 'odd-extension', 'foreign-applet'],
      'a.txt:evil.dll',
    ],
    ['control printers', 'control printers', 'control|keyword|-|-', [], null],
    ['control', 'control', 'control|none|-|-', [], null],
    [
      'control C:\\Windows\\System32\\main.cpl,@1',
      'control <system>\\main.cpl,@<n>',
      'control|applet|system|cpl',
      [],
      'main.cpl',
    ],
    [
      'control \\\\srv\\share\\a.cpl',
      'control <unc>\\srv\\share\\a.cpl',
      'control|applet|unc|cpl',
      ['intranet-share', 'foreign-applet'],
      'a.cpl',
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('control.exe', line, 'C:\\Windows\\System32\\control.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
