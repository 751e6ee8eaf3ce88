import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('forfiles', () => {
  test.each([
    [
      'forfiles /p C:\\Windows\\System32 /m notepad.exe /c calc.exe',
      'forfiles /p <system> /m notepad.exe /c calc.exe',
      'forfiles|launch|bare|exe',
      ['launches-command'],
      null,
    ],
    [
      'forfiles /P C:\\logs /M *.log /D -30 /C "cmd /c del @path"',
      'forfiles /p <drive-root>\\logs /m *.log /d -<n> /c cmd /c del @path',
      'forfiles|launch|bare|-',
      [],
      null,
    ],
    [
      'forfiles /p C:\\Windows /m cmd.exe /c "C:\\notes.txt:evil.exe"',
      'forfiles /p <windows> /m cmd.exe /c <drive-root>\\notes.txt:evil.exe',
      'forfiles|launch|alternate-data-stream|exe',
      ['launches-command', 'alternate-data-stream'],
      null,
    ],
    [
      'forfiles /p C:\\Users\\Public /m a.exe /c "cmd /c start /b @path"',
      'forfiles /p <public> /m a.exe /c cmd /c start /b @path',
      'forfiles|run-found|bare|-',
      ['launches-program'],
      null,
    ],
    [
      'forfiles /m a.log /c "cmd /c if exist x.txt call C:\\Users\\Public\\a.exe"',
      'forfiles /m a.log /c cmd /c if exist x.txt call <public>\\a.exe',
      'forfiles|launch|bare|-',
      ['launches-command', 'public-folder'],
      null,
    ],
    [
      'forfiles /m a.log /c "cmd /c if not @isdir==TRUE del @path"',
      'forfiles /m a.log /c cmd /c if not @isdir==true del @path',
      'forfiles|launch|bare|-',
      [],
      null,
    ],
    [
      'forfiles /m a.exe /c "cmd /c@path"',
      'forfiles /m a.exe /c cmd /c@path',
      'forfiles|run-found|bare|-',
      ['launches-program'],
      null,
    ],
    [
      'forfiles /m a.log /c "cmd /c if 1==1 (start title C:\\Users\\Public\\a.exe)"',
      'forfiles /m a.log /c cmd /c if <n>==<n> (start title <public>\\a.exe)',
      'forfiles|launch|bare|-',
      ['launches-command', 'public-folder'],
      null,
    ],
    ['forfiles /s /m *.txt', 'forfiles /s /m *.txt', 'forfiles|list|-|-', [], null],
    [
      'forfiles /p c:\\windows\\system32 /m cmd.exe /c "cmd /c p^ow^er^shell -c calc"',
      'forfiles /p <system> /m cmd.exe /c cmd /c powershell /c calc',
      'forfiles|launch|bare|-',
      ['launches-command', 'obfuscated'],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('forfiles.exe', line, 'C:\\Windows\\System32\\forfiles.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
