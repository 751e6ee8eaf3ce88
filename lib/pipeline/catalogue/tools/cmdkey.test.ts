import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('cmdkey', () => {
  test.each([
    ['cmdkey /list', 'cmdkey /list', 'cmdkey|list|-|-', []],
    [
      'cmdkey /generic:TERMSRV/srv1 /user:CORP\\adm /pass:"a b"',
      'cmdkey /generic:termsrv/<host> /user:<account> /pass:<secret>',
      'cmdkey|generic|-|-',
      [],
    ],
    [
      'cmdkey /add:fileserver /user:CORP\\x /pass:y',
      'cmdkey /add:<host> /user:<account> /pass:<secret>',
      'cmdkey|add|-|-',
      [],
    ],
    ['cmdkey /delete:fileserver', 'cmdkey /delete:<host>', 'cmdkey|delete|-|-', []],
    [
      'cmdkey /add:fileserver /user CORP\\x /pass Hunter2Pass',
      'cmdkey /add:<host> /user:<account> <account> /pass:<secret> <secret>',
      'cmdkey|add|-|-',
      [],
    ],
    [
      'cmdkey /generic:TERMSRV/srv1 /u:x /p -Hunter2Pass',
      'cmdkey /generic:termsrv/<host> /user:<account> /pass:<secret> <secret>',
      'cmdkey|generic|-|-',
      [],
    ],
    [
      'cmdkey /add:fileserver /pass /user:x',
      'cmdkey /add:<host> /pass:<secret> /user:<account>',
      'cmdkey|add|-|-',
      [],
    ],
    ['cmdkey /list:fileserver', 'cmdkey /list:<host>', 'cmdkey|list|-|-', []],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('cmdkey.exe', line, 'C:\\Windows\\System32\\cmdkey.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
