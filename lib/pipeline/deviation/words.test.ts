import { describe, expect, it } from 'vitest'
import { exampleSignature } from './example-signature'
import { subjectWords, valueWords } from './words'

describe('the value of a feature in words', () => {
  it('is what the tool did, by whom where the parent is compared too', () => {
    expect(valueWords('rundll32.exe', 'shape', 'rundll32|ordinal|program-data|dat')).toBe(
      'ran a .dat file from ProgramData',
    )
    expect(
      valueWords('rundll32.exe', 'pair', 'svchost.exe @ system (schedule) > rundll32|export|system|dll'),
    ).toBe('svchost.exe (schedule) ran a DLL from the system folder')
  })

  it('is left to the value itself where that says no more, or reads by itself', () => {
    for (const value of ['', 'wmic|query', 'a > b', 'rundll32|export|elsewhere|dll'])
      for (const feature of ['shape', 'pair'] as const)
        expect(valueWords('wmic.exe', feature, value)).toBeNull()
    expect(valueWords('rundll32.exe', 'parent', 'cmd.exe @ system')).toBeNull()
  })
})

describe('what a signature is about in words', () => {
  it('is its pattern, and its binary and folder where no command line was reported', () => {
    expect(subjectWords(exampleSignature({ pattern: 'system' }))).toBe('system')
    const bare = exampleSignature({
      pattern: null,
      shape: null,
      features: { identity: 'user-temp, renamed' },
    })
    expect(subjectWords(bare)).toBe('rundll32.exe (no command line; folder: user-temp, renamed)')
    expect(subjectWords(exampleSignature({ pattern: null, shape: null, features: { identity: null } }))).toBe(
      'rundll32.exe',
    )
  })
})
