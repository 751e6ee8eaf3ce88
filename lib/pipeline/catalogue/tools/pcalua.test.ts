import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('pcalua', () => {
  test.each([
    [
      'pcalua.exe -a C:\\Windows\\System32\\calc.exe',
      'pcalua /a <system>\\calc.exe',
      'pcalua|launch|system|exe',
      ['launches-command'],
      null,
    ],
    [
      'pcalua.exe -a \\\\srv\\share\\a.dll',
      'pcalua /a <unc>\\srv\\share\\a.dll',
      'pcalua|launch|unc|dll',
      ['launches-command', 'intranet-share'],
      null,
    ],
    [
      'pcalua /a C:\\Users\\Public\\a.exe -c /quiet 42',
      'pcalua /a <public>\\a.exe /c /quiet <n>',
      'pcalua|launch|public|exe',
      ['launches-command', 'public-folder'],
      null,
    ],
    [
      '"C:\\Windows\\System32\\pcalua.exe" -a "C:\\Program Files\\Vendor\\setup.exe" -d "C:\\Program Files\\Vendor"',
      'pcalua /a <program-files>\\vendor\\setup.exe /d <program-files>\\vendor',
      'pcalua|assist|program-files|exe',
      ['launches-command'],
      null,
    ],
    [
      'pcalua.exe -a rundll32.exe -c C:\\Users\\ann\\AppData\\Local\\Temp\\a.cpl,CPlApplet',
      'pcalua /a rundll32.exe /c <user-temp>\\*',
      'pcalua|launch|bare|exe',
      ['launches-command', 'user-temp'],
      null,
    ],
    ['pcalua', 'pcalua', 'pcalua|other|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('pcalua.exe', line, 'C:\\Windows\\System32\\pcalua.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
