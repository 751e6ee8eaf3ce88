import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('powershell', () => {
  test.each([
    [
      'powershell -nop -w hidden -enc aQBlAHgAIAAoAG4AZQB3AC0AbwBiAGoAZQBjAHQAIABuAGUAdAAuAHcAZQBiAGMAbABpAGUAbgB0ACkA',
      'powershell /nop /w hidden /enc <blob>',
      'powershell|encoded|-|-',
      ['inline-script', 'obfuscated'],
      null,
    ],
    [
      'powershell.exe -ExecutionPolicy Bypass -File C:\\Windows\\diagnostics\\system\\AERO\\CL_Invocation.ps1',
      'powershell /executionpolicy bypass /file <windows>\\diagnostics\\system\\aero\\cl_invocation.ps1',
      'powershell|file|windows|ps1',
      [],
      'cl_invocation.ps1',
    ],
    [
      'powershell -Command "& \'C:\\tools\\UtilityFunctions.ps1\'; go"',
      'powershell /command "& \'c:\\tools\\utilityfunctions.ps1\'; go"',
      'powershell|command|-|-',
      ['inline-script'],
      'utilityfunctions.ps1',
    ],
    [
      'powershell C:\\Users\\ann\\Downloads\\a.ps1',
      'powershell <downloads>\\*.ps1',
      'powershell|file|downloads|ps1',
      ['downloads'],
      'a.ps1',
    ],
    ['powershell', 'powershell', 'powershell|interactive|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('powershell.exe', line, 'C:\\Windows\\System32\\powershell.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
