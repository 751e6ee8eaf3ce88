import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('mmc', () => {
  test.each([
    [
      '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\eventvwr.msc" /s',
      'mmc <system>\\eventvwr.msc /s',
      'mmc|console|system|msc',
      [],
      null,
    ],
    ['mmc services.msc', 'mmc <system>\\services.msc', 'mmc|console|system|msc', [], null],
    [
      'C:\\Windows\\system32\\mmc.exe -Embedding',
      'mmc /embedding',
      'mmc|embedding|-|-',
      ['com-object'],
      null,
    ],
    [
      'mmc.exe C:\\Users\\ann\\Downloads\\a.msc',
      'mmc <downloads>\\*.msc',
      'mmc|console|downloads|msc',
      ['downloads'],
      null,
    ],
    [
      'mmc -Embedding C:\\Users\\Public\\a.msc',
      'mmc /embedding <public>\\a.msc',
      'mmc|embedding|public|msc',
      ['com-object', 'public-folder'],
      null,
    ],
    ['mmc', 'mmc', 'mmc|none|-|-', [], null],
    [
      'mmc compmgmt.msc /computer=srv01',
      'mmc <system>\\compmgmt.msc /computer=srv01',
      'mmc|console|system|msc',
      [],
      null,
    ],
    [
      'mmc.exe \\\\srv\\share\\a.msc',
      'mmc <unc>\\srv\\share\\a.msc',
      'mmc|console|unc|msc',
      ['intranet-share'],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('mmc.exe', line, 'C:\\Windows\\System32\\mmc.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
