import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('infdefaultinstall', () => {
  test.each([
    [
      'InfDefaultInstall.exe C:\\Users\\ann\\Downloads\\a.inf',
      'infdefaultinstall <downloads>\\*.inf',
      'infdefaultinstall|install|downloads|inf',
      ['downloads'],
      null,
    ],
    [
      '"C:\\Windows\\System32\\InfDefaultInstall.exe" "C:\\drivers\\printer.inf"',
      'infdefaultinstall <root-folder>\\drivers\\printer.inf',
      'infdefaultinstall|install|root-folder|inf',
      ['root-folder'],
      null,
    ],
    [
      'infdefaultinstall \\\\srv\\share\\a.txt',
      'infdefaultinstall <unc>\\srv\\share\\a.txt',
      'infdefaultinstall|install|unc|txt',
      ['intranet-share', 'odd-extension'],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(
      readToolUse('infdefaultinstall.exe', line, 'C:\\Windows\\System32\\infdefaultinstall.exe'),
    ).toMatchObject({ pattern, shape, facts, hosted })
  })
})
