import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('mavinject', () => {
  test.each([
    [
      'mavinject.exe 3110 /INJECTRUNNING C:\\Users\\Public\\a.dll',
      'mavinject <pid> /injectrunning <public>\\a.dll',
      'mavinject|inject|public|dll',
      ['injects-code', 'public-folder'],
      'a.dll',
    ],
    [
      'MavInject32.exe 42 /injectrunning C:\\ProgramData\\a.dat',
      'mavinject <pid> /injectrunning <program-data-root>\\a.dat',
      'mavinject|inject|program-data-root|dat',
      ['injects-code', 'program-data-root', 'odd-extension'],
      'a.dat',
    ],
    [
      'mavinject 4000 /HMODULE=0x7ff00000 a.dll 1',
      'mavinject <pid> /hmodule=<hex> a.dll <n>',
      'mavinject|import|bare|dll',
      ['injects-code'],
      'a.dll',
    ],
    [
      'mavinject64.exe 4711 /INJECTRUNNING "C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun\\AppVIsvSubsystems64.dll"',
      'mavinject <pid> /injectrunning <program-files>\\common files\\microsoft shared\\clicktorun\\appvisvsubsystems64.dll',
      'mavinject|inject|program-files|dll',
      [],
      'appvisvsubsystems64.dll',
    ],
    [
      'mavinject64.exe 4711 /INJECTRUNNING C:\\Windows\\System32\\AppVEntSubsystems64.dll',
      'mavinject <pid> /injectrunning <system>\\appventsubsystems64.dll',
      'mavinject|inject|system|dll',
      [],
      'appventsubsystems64.dll',
    ],
    ['mavinject', 'mavinject', 'mavinject|none|-|-', ['no-arguments'], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('mavinject.exe', line, 'C:\\Windows\\System32\\mavinject.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
