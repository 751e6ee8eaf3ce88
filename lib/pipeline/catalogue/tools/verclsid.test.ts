import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('verclsid', () => {
  test.each([
    [
      '"C:\\Windows\\system32\\verclsid.exe" /S /C {0B2C9183-C9FA-4C53-AE21-C900B0C39965} /I {0C733A8A-2A1C-11CE-ADE5-00AA0044773D} /X 0x401',
      'verclsid /s /c {0b2c9183-c9fa-4c53-ae21-c900b0c39965} /i {0c733a8a-2a1c-11ce-ade5-00aa0044773d} /x <hex>',
      'verclsid|verify|-|-',
      [],
      null,
    ],
    [
      'verclsid.exe /S /C {11111111-2222-3333-4444-555555555555}',
      'verclsid /s /c {11111111-2222-3333-4444-555555555555}',
      'verclsid|load|-|-',
      ['com-class'],
      null,
    ],
    ['verclsid', 'verclsid', 'verclsid|none|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('verclsid.exe', line, 'C:\\Windows\\System32\\verclsid.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
