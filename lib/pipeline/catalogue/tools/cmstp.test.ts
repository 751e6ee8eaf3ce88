import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('cmstp', () => {
  test.each([
    [
      'cmstp.exe /s /ns C:\\Users\\ann\\AppData\\Local\\Temp\\k2.inf',
      'cmstp /s /ns <user-temp>\\*.inf',
      'cmstp|silent-install|user-temp|inf',
      ['user-temp'],
      null,
    ],
    [
      'cmstp.exe /s C:\\Users\\bob\\AppData\\Local\\Temp\\zz.inf /au',
      'cmstp /s <user-temp>\\*.inf /au',
      'cmstp|silent-install|user-temp|inf',
      ['user-temp'],
      null,
    ],
    [
      'cmstp /ni /s \\\\srv@80\\dav\\a.inf',
      'cmstp /ni /s <webdav>\\srv@<n>\\dav\\a.inf',
      'cmstp|silent-install|webdav|inf',
      ['remote-url', 'unc-path'],
      null,
    ],
    [
      '"C:\\Windows\\System32\\cmstp.exe" "C:\\Program Files\\Vendor\\VPN\\corp.inf"',
      'cmstp <program-files>\\vendor\\vpn\\corp.inf',
      'cmstp|install|program-files|inf',
      [],
      null,
    ],
    ['cmstp.exe /u corp.inf', 'cmstp /u corp.inf', 'cmstp|uninstall|bare|inf', [], null],
    [
      'cmstp /s C:\\ProgramData\\a.txt',
      'cmstp /s <program-data-root>\\a.txt',
      'cmstp|silent-install|program-data-root|txt',
      ['program-data-root', 'odd-extension'],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('cmstp.exe', line, 'C:\\Windows\\System32\\cmstp.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
