import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('mpcmdrun', () => {
  test.each([
    [
      'MpCmdRun.exe -RemoveDefinitions -All',
      'mpcmdrun /removedefinitions /all',
      'mpcmdrun|removedefinitions|-|-',
      ['weakens-defence'],
    ],
    [
      'MpCmdRun.exe -removedefinitions -dynamicsignatures',
      'mpcmdrun /removedefinitions /dynamicsignatures',
      'mpcmdrun|removedefinitions dynamic|-|-',
      ['weakens-defence'],
    ],
    [
      'MpCmdRun.exe -Scan -ScanType 3 -File "C:\\a\\|*"',
      'mpcmdrun /scan /scantype <n> /file <root-folder>\\a\\|*',
      'mpcmdrun|scan|root-folder|-',
      ['asks-for-defence'],
    ],
    [
      'MpCmdRun.exe -Scan -ScanType 3 -File C:\\x\\y.exe',
      'mpcmdrun /scan /scantype <n> /file <root-folder>\\x\\y.exe',
      'mpcmdrun|scan|root-folder|exe',
      [],
    ],
    [
      'MpCmdRun.exe -SignatureUpdate -UNC \\\\srv\\defs',
      'mpcmdrun /signatureupdate /unc <unc>\\srv\\defs',
      'mpcmdrun|signatureupdate|unc|-',
      [],
    ],
    [
      '"C:\\Program Files\\Windows Defender\\MpCmdRun.exe" -DownloadFile -url https://example.com/a.exe -path C:\\Users\\Public\\a.exe',
      'mpcmdrun /downloadfile /url https://example.com/*.exe /path <public>\\a.exe',
      'mpcmdrun|downloadfile|url|exe',
      ['remote-url', 'download'],
    ],
    [
      'MpCmdRun.exe SignatureUpdate -ScheduleJob -RestrictPrivileges',
      'mpcmdrun signatureupdate /schedulejob /restrictprivileges',
      'mpcmdrun|signatureupdate|-|-',
      [],
    ],
    ['MpCmdRun.exe -Restore -ListAll', 'mpcmdrun /restore /listall', 'mpcmdrun|restore|-|-', []],
    [
      'MpCmdRun.exe -Restore -Name Trojan:Win32/X',
      'mpcmdrun /restore /name trojan:win32/x',
      'mpcmdrun|restore|-|-',
      ['weakens-defence'],
    ],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('mpcmdrun.exe', line, 'C:\\Windows\\System32\\mpcmdrun.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
