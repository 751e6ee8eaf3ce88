import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('installutil', () => {
  test.each([
    [
      'InstallUtil.exe /logfile= /LogToConsole=false /U C:\\ProgramData\\a.dll',
      'installutil /logfile= /logtoconsole=false /u <program-data-root>\\a.dll',
      'installutil|uninstall|program-data-root|dll',
      ['leaves-no-log', 'program-data-root'],
      null,
    ],
    [
      'InstallUtil.exe "C:\\Program Files\\Vendor\\service.exe"',
      'installutil <program-files>\\vendor\\service.exe',
      'installutil|install|program-files|exe',
      [],
      null,
    ],
    [
      'installutil -u \\\\srv\\share\\a.exe',
      'installutil /u <unc>\\srv\\share\\a.exe',
      'installutil|uninstall|unc|exe',
      ['intranet-share'],
      null,
    ],
    [
      'installutil /uninstall C:\\Users\\ann\\AppData\\Local\\Temp\\a.txt',
      'installutil /uninstall <user-temp>\\*.txt',
      'installutil|uninstall|user-temp|txt',
      ['user-temp', 'odd-extension'],
      null,
    ],
    ['installutil', 'installutil', 'installutil|none|-|-', ['no-arguments'], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('installutil.exe', line, 'C:\\Windows\\System32\\installutil.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
