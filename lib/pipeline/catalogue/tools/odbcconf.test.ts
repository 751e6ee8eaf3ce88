import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('odbcconf', () => {
  test.each([
    [
      'odbcconf /a {REGSVR C:\\ProgramData\\a.dll}',
      'odbcconf /a {regsvr <program-data-root>\\a.dll}',
      'odbcconf|regsvr|program-data-root|dll',
      ['program-data-root'],
      'a.dll',
    ],
    [
      'odbcconf.exe /S /A {REGSVR "C:\\Users\\ann\\AppData\\Roaming\\k.txt"}',
      'odbcconf /s /a {regsvr <roaming>\\k.txt}',
      'odbcconf|regsvr|roaming|txt',
      ['user-folder', 'odd-extension'],
      'k.txt',
    ],
    [
      'odbcconf -f C:\\temp\\a.rsp',
      'odbcconf /f <temp>\\*.rsp',
      'odbcconf|response-file|temp|rsp',
      ['launches-command', 'temp-folder'],
      null,
    ],
    ['odbcconf /a { REGSVR a.dll }', 'odbcconf /a {regsvr a.dll}', 'odbcconf|regsvr|bare|dll', [], 'a.dll'],
    [
      'odbcconf.exe /A {CONFIGSYSDSN "SQL Server" "DSN=erp|SERVER=db01"}',
      'odbcconf /a {configsysdsn sql server" "dsn=erp|server=db01}',
      'odbcconf|configsysdsn|-|-',
      [],
      null,
    ],
    [
      'odbcconf /f a.dat',
      'odbcconf /f a.dat',
      'odbcconf|response-file|bare|dat',
      ['launches-command', 'odd-extension'],
      null,
    ],
    [
      'odbcconf -e /a {regsvr C:\\ProgramData\\Vq\\k.hfk.} -e {configdriver sql server x}',
      'odbcconf /e /a {regsvr <program-data>\\vq\\k.hfk} {configdriver sql server x}',
      'odbcconf|regsvr|program-data|hfk',
      ['program-data-folder', 'odd-extension'],
      'k.hfk',
    ],
    [
      'odbcconf /a {INSTALLDRIVER "Vendor|Driver=C:\\ProgramData\\v.dll|APILevel=2"}',
      'odbcconf /a {installdriver vendor|driver=c:\\programdata\\v.dll|apilevel=<n>}',
      'odbcconf|installdriver|-|-',
      ['launches-command'],
      null,
    ],
    [
      'odbcconf /a {INSTALLDRIVER "Vendor|Driver=C:\\Program Files\\Vendor\\v.dll"}',
      'odbcconf /a {installdriver vendor|driver=c:\\program files\\vendor\\v.dll}',
      'odbcconf|installdriver|-|-',
      [],
      null,
    ],
    [
      `odbcconf /a ${'{configsysdsn a b} '.repeat(4)}{regsvr C:\\Users\\Public\\a.dll}`,
      `odbcconf /a ${'{configsysdsn a b} '.repeat(4)}{regsvr <public>\\a.dll}`,
      'odbcconf|regsvr|public|dll',
      ['public-folder'],
      'a.dll',
    ],
    ['odbcconf', 'odbcconf', 'odbcconf|none|-|-', ['no-arguments'], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('odbcconf.exe', line, 'C:\\Windows\\System32\\odbcconf.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
