import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('tools whose files are data', () => {
  test.each([
    [
      'expand.exe',
      'expand.exe -F:* C:\\x\\x.cab C:\\Windows\\Temp\\x',
      'expand /f:* <root-folder>\\x\\x.cab <temp>\\*',
      'expand|extract|root-folder|cab',
      [],
    ],
    [
      'expand.exe',
      'expand \\\\webdav\\folder\\file.bat c:\\ADS\\file.bat',
      'expand <unc>\\webdav\\folder\\file.bat <root-folder>\\ads\\file.bat',
      'expand|extract|unc|bat',
      ['download'],
    ],
    [
      'extrac32.exe',
      'extrac32 /Y /C \\\\webdavserver\\share\\test.txt C:\\folder\\test.txt',
      'extrac32 /y /c <unc>\\webdavserver\\share\\test.txt <root-folder>\\folder\\test.txt',
      'extrac32|copy|unc|txt',
      ['download'],
    ],
    [
      'makecab.exe',
      'makecab C:\\x\\a.log D:\\a.cab',
      'makecab <root-folder>\\x\\a.log <drive-root>\\a.cab',
      'makecab|pack|root-folder|log',
      [],
    ],
    [
      'makecab.exe',
      'makecab C:\\x\\ntds.dit a.cab',
      'makecab <root-folder>\\x\\ntds.dit a.cab',
      'makecab|pack|root-folder|dit',
      ['copies-secrets'],
    ],
    [
      'diantz.exe',
      'diantz.exe \\\\remotemachine\\pathToFile\\file.exe c:\\destinationFolder\\file.cab',
      'diantz <unc>\\remotemachine\\pathtofile\\file.exe <root-folder>\\destinationfolder\\file.cab',
      'diantz|pack|unc|exe',
      ['download'],
    ],
    [
      'diantz.exe',
      'diantz.exe c:\\pathToFile\\file.exe c:\\destinationFolder\\targetFile.txt:targetFile.cab',
      'diantz <root-folder>\\pathtofile\\file.exe <root-folder>\\destinationfolder\\targetfile.txt:targetfile.cab',
      'diantz|pack|root-folder|exe',
      ['alternate-data-stream'],
    ],
    [
      'bcp.exe',
      'bcp "SELECT * FROM db.dbo.t" queryout d:\\x.csv -c -T -S srv1 -U sa -P Pass1',
      'bcp <query> queryout <drive-root>\\x.csv /c /t /s <host> /u <account> /p <secret>',
      'bcp|queryout|drive-root|csv',
      [],
    ],
    [
      'bcp.exe',
      'bcp.exe db.dbo.t in d:\\x.csv -c -Psecret -Usa -Ssrv',
      'bcp db.dbo.t in <drive-root>\\x.csv /c /p<secret> /u<account> /s<host>',
      'bcp|in|drive-root|csv',
      [],
    ],
    [
      'xsd.exe',
      'xsd.exe C:\\src\\a.xsd /c',
      'xsd <root-folder>\\src\\a.xsd /c',
      'xsd|classes|root-folder|xsd',
      [],
    ],
    [
      'xsd.exe',
      'xsd.exe http://example.com/a',
      'xsd http://example.com/*',
      'xsd|schema|url|-',
      ['remote-url'],
    ],
    [
      'makecab.exe',
      'makecab /F C:\\build\\setup.ddf',
      'makecab /f <root-folder>\\build\\setup.ddf',
      'makecab|directive|root-folder|ddf',
      [],
    ],
    [
      'expand.exe',
      'expand \\\\fileserver\\drivers\\a.cab -F:* C:\\drivers',
      'expand <unc>\\fileserver\\drivers\\a.cab /f:* <drive-root>\\drivers',
      'expand|extract|unc|cab',
      [],
    ],
    [
      'bcp.exe',
      'bcp "SELECT d FROM t" queryout C:\\Windows\\Temp\\evil.exe -S localhost -T -c',
      'bcp <query> queryout <temp>\\*.exe /s <host> /t /c',
      'bcp|queryout|temp|exe',
      ['download'],
    ],
  ])('%s %s', (slug, line, pattern, shape, facts) => {
    expect(readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
