import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('wmic', () => {
  test.each([
    [
      'wmic process call create "notepad.exe"',
      'wmic process call create notepad.exe',
      'wmic|process-create|bare|exe',
      ['launches-command'],
      null,
    ],
    [
      'wmic.exe /node:"10.1.2.3" /user:CORP\\adm /password:Secret1 process call create "cmd.exe /c whoami > C:\\out.txt"',
      'wmic /node:<ip> /user:<account> /password:<secret> process call create cmd.exe /c whoami > <drive-root>\\out.txt',
      'wmic|process-create|bare|exe',
      ['launches-command', 'remote-host'],
      null,
    ],
    [
      'wmic process call create C:\\Users\\Public\\a.exe',
      'wmic process call create <public>\\a.exe',
      'wmic|process-create|public|exe',
      ['launches-command', 'public-folder'],
      null,
    ],
    [
      'wmic os get /format:"https://example.com/a.xsl"',
      'wmic os get /format:https://example.com/*.xsl',
      'wmic|stylesheet|url|xsl',
      ['scriptlet', 'remote-url'],
      null,
    ],
    ['wmic os get Caption /format:list', 'wmic os get caption /format:list', 'wmic|get|-|-', [], null],
    [
      'wmic process list /FORMAT:evil.xsl',
      'wmic process list /format:evil.xsl',
      'wmic|stylesheet|bare|xsl',
      ['scriptlet'],
      null,
    ],
    [
      'wmic process get brief /format:"\\\\srv\\share\\a.xsl"',
      'wmic process get brief /format:<unc>\\srv\\share\\a.xsl',
      'wmic|stylesheet|unc|xsl',
      ['scriptlet', 'intranet-share'],
      null,
    ],
    ['wmic shadowcopy delete', 'wmic shadowcopy delete', 'wmic|delete|-|-', ['deletes-backups'], null],
    ['wmic /node:localhost os get caption', 'wmic /node:localhost os get caption', 'wmic|get|-|-', [], null],
    ['wmic computersystem get domain', 'wmic computersystem get domain', 'wmic|get|-|-', [], null],
    [
      'wmic process where name="a.exe" delete',
      'wmic process where name=a.exe delete',
      'wmic|delete|-|-',
      [],
      null,
    ],
    [
      'wmic product where "name like \'Vendor%\'" call uninstall /nointeractive',
      "wmic product where name like 'vendor%' call uninstall /nointeractive",
      'wmic|call|-|-',
      [],
      null,
    ],
    [
      'wmic product where "name like \'%Defender%\'" call uninstall',
      "wmic product where name like '%defender%' call uninstall",
      'wmic|call|-|-',
      ['weakens-defence'],
      null,
    ],
    [
      'wmic product where "name like \'AVG %\'" call uninstall /nointeractive',
      "wmic product where name like 'avg %' call uninstall /nointeractive",
      'wmic|call|-|-',
      ['weakens-defence'],
      null,
    ],
    [
      'wmic path win32_printer where name="reset" delete',
      'wmic path win32_printer where name=reset delete',
      'wmic|delete|-|-',
      [],
      null,
    ],
    [
      "wmic service where name='WinDefend' call stopservice",
      "wmic service where name='windefend' call stopservice",
      'wmic|call|-|-',
      ['weakens-defence'],
      null,
    ],
    [
      "wmic service where name='Spooler' call stopservice",
      "wmic service where name='spooler' call stopservice",
      'wmic|call|-|-',
      [],
      null,
    ],
    [
      'wmic /node:PC7 process call create "gpupdate /force"',
      'wmic /node:<host> process call create gpupdate /force',
      'wmic|process-create|bare|-',
      ['opens-file', 'remote-host'],
      null,
    ],
    [
      'wmic /namespace:\\\\root\\securitycenter2 path antivirusproduct get displayname',
      'wmic /namespace:<unc>\\root\\securitycenter2 path antivirusproduct get displayname',
      'wmic|get|-|-',
      ['asks-for-defence'],
      null,
    ],
    [
      'wmic /node:ws-17 os get lastbootuptime',
      'wmic /node:<host> os get lastbootuptime',
      'wmic|get|-|-',
      [],
      null,
    ],
    [
      'wmic process call create "C:\\Program Files\\Vendor One\\agent.exe -start"',
      'wmic process call create <program-files>\\vendor one\\agent.exe /start',
      'wmic|process-create|program-files|exe',
      ['opens-file'],
      null,
    ],
    ['wmic', 'wmic', 'wmic|none|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('wmic.exe', line, 'C:\\Windows\\System32\\wmic.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
