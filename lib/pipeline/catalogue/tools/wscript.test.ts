import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('wscript', () => {
  test.each([
    [
      'wscript.exe SURGIC~1.JS',
      'wscript surgic~<n>.js',
      'wscript|script|bare|js',
      ['short-name'],
      'surgic~1.js',
    ],
    [
      '"C:\\Windows\\System32\\WScript.exe" "C:\\Users\\ann\\Downloads\\invoice 5512.js"',
      'wscript <downloads>\\*.js',
      'wscript|script|downloads|js',
      ['downloads'],
      'invoice 5512.js',
    ],
    [
      'wscript.exe //e:VBScript C:\\ProgramData\\a.log',
      'wscript //e:vbscript <program-data-root>\\a.log',
      'wscript|engine|program-data-root|log',
      ['program-data-root', 'odd-extension'],
      'a.log',
    ],
    [
      'wscript /b C:\\Users\\ann\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.vbs',
      'wscript /b <roaming>\\microsoft\\windows\\start <relative>\\menu\\programs\\startup\\a.vbs',
      'wscript|script|roaming|-',
      ['user-folder'],
      'start',
    ],
    [
      'wscript "C:\\Users\\ann\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.vbs"',
      'wscript <startup>\\a.vbs',
      'wscript|script|startup|vbs',
      ['startup-folder'],
      'a.vbs',
    ],
    [
      'wscript C:\\Users\\ann\\notes.txt:a.vbs',
      'wscript <user-profile>\\notes.txt:a.vbs',
      'wscript|script|alternate-data-stream|vbs',
      ['alternate-data-stream'],
      'notes.txt:a.vbs',
    ],
    [
      'wscript \\\\srv\\share\\a.wsf //job:main',
      'wscript <unc>\\srv\\share\\a.wsf //job:main',
      'wscript|script|unc|wsf',
      ['intranet-share'],
      'a.wsf',
    ],
    [
      'wscript http://example.com/a.js',
      'wscript http://example.com/*.js',
      'wscript|script|url|js',
      ['remote-url'],
      'a.js',
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('wscript.exe', line, 'C:\\Windows\\System32\\wscript.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
