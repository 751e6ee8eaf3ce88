import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('msiexec', () => {
  test.each([
    ['C:\\Windows\\system32\\msiexec.exe /V', 'msiexec /v', 'msiexec|service|-|-', [], null],
    [
      'C:\\Windows\\syswow64\\MsiExec.exe -Embedding 772A9CF421EEC37E11490F01D0EDD091 C',
      'msiexec /embedding <hash> c',
      'msiexec|embedding|-|-',
      [],
      null,
    ],
    [
      'msiexec /i "C:\\Users\\ann\\Downloads\\tool-1.2.3.msi" /qn',
      'msiexec /i <downloads>\\*.msi /qn',
      'msiexec|install|downloads|msi',
      ['downloads'],
      null,
    ],
    [
      'msiexec.exe /q /i http://10.1.2.3/a.msi',
      'msiexec /q /i http://<ip>/*.msi',
      'msiexec|install|url|msi',
      ['remote-url', 'address-host'],
      null,
    ],
    [
      'msiexec -q -i https://example.com/a.png',
      'msiexec /q /i https://example.com/*.png',
      'msiexec|install|url|png',
      ['remote-url', 'odd-extension'],
      null,
    ],
    [
      'msiexec /ihttp://example.com/a.msi /qn',
      'msiexec /i http://example.com/*.msi /qn',
      'msiexec|install|url|msi',
      ['remote-url'],
      null,
    ],
    [
      'MsiExec.exe /X{90160000-008C-0000-1000-0000000FF1CE} /qn',
      'msiexec /x {<guid>} /qn',
      'msiexec|uninstall|-|-',
      [],
      null,
    ],
    [
      'MsiExec.exe /I{90160000-008C-0000-1000-0000000FF1CE}',
      'msiexec /i {<guid>}',
      'msiexec|install|-|-',
      [],
      null,
    ],
    [
      'msiexec /y C:\\ProgramData\\a.dll',
      'msiexec /y <program-data-root>\\a.dll',
      'msiexec|register-library|program-data-root|dll',
      ['launches-command', 'program-data-root'],
      'a.dll',
    ],
    [
      'msiexec /z "C:\\Users\\Public\\a.dll"',
      'msiexec /z <public>\\a.dll',
      'msiexec|unregister-library|public|dll',
      ['launches-command', 'public-folder'],
      'a.dll',
    ],
    [
      'msiexec /package \\\\files\\deploy\\app.msi TRANSFORMS=\\\\files\\deploy\\app.mst ALLUSERS=1 /L*v C:\\logs\\app.log',
      'msiexec /package <unc>\\files\\deploy\\app.msi transforms=<unc>\\files\\deploy\\app.mst allusers=<n> /l*v <root-folder>\\logs\\app.log',
      'msiexec|install|unc|msi',
      ['intranet-share'],
      null,
    ],
    [
      'msiexec /fa {90160000-008C-0000-1000-0000000FF1CE}',
      'msiexec /fa {<guid>}',
      'msiexec|repair|-|-',
      [],
      null,
    ],
    [
      'msiexec /update C:\\Windows\\Installer\\1a2b3c.msp /quiet',
      'msiexec /update <windows>\\installer\\*.msp /quiet',
      'msiexec|patch|windows|msp',
      [],
      null,
    ],
    [
      'msiexec /a C:\\temp\\a.msi TARGETDIR=C:\\out',
      'msiexec /a <temp>\\*.msi targetdir=<drive-root>\\out',
      'msiexec|administrative|temp|msi',
      ['temp-folder'],
      null,
    ],
    ['msiexec', 'msiexec', 'msiexec|other|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('msiexec.exe', line, 'C:\\Windows\\System32\\msiexec.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
