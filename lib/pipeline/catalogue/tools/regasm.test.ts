import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('regasm', () => {
  test.each([
    [
      'regasm.exe /U C:\\ProgramData\\a.dll',
      'regasm /u <program-data-root>\\a.dll',
      'regasm|unregister|program-data-root|dll',
      ['program-data-root'],
      null,
    ],
    [
      'RegAsm.exe "C:\\Program Files\\Vendor\\com.dll" /codebase /tlb:com.tlb',
      'regasm <program-files>\\vendor\\com.dll /codebase /tlb:com.tlb',
      'regasm|register|program-files|dll',
      [],
      null,
    ],
    [
      'regasm C:\\Users\\Public\\a.png',
      'regasm <public>\\a.png',
      'regasm|register|public|png',
      ['public-folder', 'odd-extension'],
      null,
    ],
    ['regasm.exe -unregister a.dll', 'regasm /unregister a.dll', 'regasm|unregister|bare|dll', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('regasm.exe', line, 'C:\\Windows\\System32\\regasm.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
