import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('ftp', () => {
  test.each([
    ['ftp -s:ftpcommands.txt', 'ftp /s:ftpcommands.txt', 'ftp|script|bare|txt', ['launches-command']],
    [
      'ftp -n -s:D:\\jobs\\upload.txt ftp.partner.example',
      'ftp /n /s:<root-folder>\\jobs\\upload.txt ftp.partner.example',
      'ftp|transfer-script|root-folder|txt',
      ['root-folder'],
    ],
    [
      'ftp.exe -s:C:\\Users\\ann\\AppData\\Local\\Temp\\t.txt',
      'ftp /s:<user-temp>\\*.txt',
      'ftp|script|user-temp|txt',
      ['launches-command', 'user-temp'],
    ],
    ['ftp -s:send.txt 203.0.113.9', 'ftp /s:send.txt <ip>', 'ftp|transfer-script|bare|txt', ['address-host']],
    ['ftp -s:send.txt 10.4.0.9', 'ftp /s:send.txt <ip>', 'ftp|transfer-script|bare|txt', []],
    ['ftp ftp.partner.example', 'ftp ftp.partner.example', 'ftp|interactive|-|-', []],
  ])('%s', (commandLine, pattern, shape, facts) => {
    expect(readToolUse('ftp.exe', commandLine, 'C:\\Windows\\System32\\ftp.exe')).toMatchObject({
      pattern,
      shape,
      facts,
    })
  })
})
