import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { goesByPath, ladderOf, refusalOf } from './controls'

function entryOf(slug: string): CatalogueEntry {
  const found = CATALOGUE.find((one) => one.slug === slug)
  if (found === undefined) throw new Error(`The catalogue has no ${slug}.`)
  return found
}

describe('what Windows does not work without', () => {
  test.each([['shell32.dll'], ['setupapi.dll'], ['explorer.exe'], ['conhost.exe']])(
    'no control refuses %s, and it is said why',
    (slug) => {
      const entry = entryOf(slug)
      for (const control of ['app-control', 'applocker', 'edr'] as const)
        expect(refusalOf('execution', control, entry)).toMatch(
          /^Windows does not work without .+: .+\. Decide on .+\.$/,
        )
      expect(ladderOf(entry).filter(({ effect }) => effect === 'execution')).toEqual([])
    },
  )
  test('its network can still be cut, and what only loads it can be decided on', () => {
    expect(refusalOf('network', 'firewall', entryOf('explorer.exe'))).toBeNull()
    expect(refusalOf('execution', 'app-control', entryOf('rundll32.exe'))).toBeNull()
  })
})

describe('AppLocker tells by its path', () => {
  test.each([
    ['mshta.exe', false],
    ['msbuild.exe', true],
    ['csc.exe', true],
    ['wab.exe', true],
    ['pubprn.vbs', true],
  ])('%s: %s', (slug, expected) => {
    expect(goesByPath('applocker', entryOf(slug))).toBe(expected)
  })
})

test('the network of a library or script is cut by nobody: it is the program’s that loads or runs it', () => {
  for (const slug of ['zipfldr.dll', 'pubprn.vbs'])
    for (const control of ['edr', 'firewall'] as const)
      expect(refusalOf('network', control, entryOf(slug))).toMatch(/^What connects is the program that/)
})
