import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('cmdkey', () => {
  test.each([
    ['cmdkey /list', 'cmdkey /list', 'cmdkey|list|-|-', ['credential-store']],
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
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('cmdkey.exe', line, 'C:\\Windows\\System32\\cmdkey.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
