import { describe, expect, test } from 'vitest'
import { FEATURES } from '@/lib/pipeline/baseline/features'
import { hostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import { DAY, fleetThatKnows, past, usual } from './example-host-day'
import { exampleSignature } from './example-signature'
import { explain } from './explain'
import { nearestPattern } from './nearest-pattern'
import type { Scopes } from './novelty'
import { RISK_REASONS } from './reasons/registry'
import { DEFAULT_SETTINGS, noveltyCode, scoreSignature } from './score-signature'
import { reasonWords } from './words'

const often = exampleSignature({ parentName: 'svchost.exe' })
const seldom = exampleSignature({ parentName: 'explorer.exe' })
const odd = exampleSignature({
  parentName: 'winword.exe',
  pattern: 'c:\\users\\<user>\\downloads\\invoice.dll printuientry',
  shape: 'rundll32|export|downloads|dll',
  target: { class: 'downloads', extension: 'dll' },
  facts: ['downloads'],
})

function scopes(knowing: readonly (readonly [typeof often, number])[]): Scopes {
  const history = new Map(knowing.map(([{ id }, hours]) => [id, past(hours)]))
  const signatures = new Map(knowing.map(([signature]) => [signature.id, signature]))
  return { fleet: fleetThatKnows([usual]), group: null, host: hostBaseline(history, signatures) }
}

function explained(signature: typeof odd, around: Scopes) {
  return explain(scoreSignature(signature, around, DAY, DEFAULT_SETTINGS), signature, around)
}

describe('an explanation', () => {
  const explanation = explained(
    odd,
    scopes([
      [often, 94],
      [seldom, 6],
    ]),
  )

  test('says in a sentence what ran and what would be normal', () => {
    expect(explanation.sentence).toBe(
      "rundll32.exe ran a DLL from a user's Downloads folder, started by winword.exe; " +
        'this host normally starts it from svchost.exe (94 %).',
    )
  })

  test('says in words, not in a code, what the tool would normally do', () => {
    const otherwise = exampleSignature({ parentName: 'svchost.exe', shape: odd.shape, target: odd.target })
    const usualUse = exampleSignature({ parentName: 'svchost.exe', shape: 'rundll32|export|system|dll' })
    expect(explained(otherwise, scopes([[usualUse, 50]])).sentence).toBe(
      "rundll32.exe ran a DLL from a user's Downloads folder, started by svchost.exe; " +
        'on this host it normally ran a DLL from the system folder (100 %).',
    )
  })

  test('gives for each reported feature who has seen it, what is normal and what it adds', () => {
    const parent = explanation.features.find(({ feature }) => feature === 'parent')
    expect(parent).toMatchObject({
      value: 'winword.exe @ system',
      seenHosts: 0,
      seenHours: 0,
      normallyOn: 'host',
    })
    expect(parent?.normally).toEqual([
      { value: 'svchost.exe @ system', share: 0.94 },
      { value: 'explorer.exe @ system', share: 0.06 },
    ])
    expect(parent?.bits).toBeGreaterThan(0.5)
    expect(explanation.features.map(({ feature }) => feature)).not.toContain('lineage')
    const tool = explanation.features.find(({ feature }) => feature === 'tool')
    expect(tool).toMatchObject({ seenHosts: 64, seenHours: 100, bits: 0 })
  })

  test('names the nearest known pattern, the p-value and the maturity', () => {
    expect(explanation.nearestPattern).toEqual({
      pattern: 'printui.dll printuientry',
      shared: ['printuientry'],
    })
    expect(explanation.pValue).toBeLessThan(0.01)
    expect(explanation.pValue).toBeGreaterThan(0)
    expect(explanation.maturity).toBeGreaterThan(0.9)
  })

  test('falls back to the fleet for a host without history, and says so', () => {
    const { sentence, maturity } = explained(odd, scopes([]))
    expect(sentence).toContain('the fleet normally starts it from explorer.exe (100 %)')
    expect(maturity).toBe(0)
  })

  test('admits that nothing is known', () => {
    const nothing: Scopes = { fleet: null, group: null, host: null }
    expect(explained(odd, nothing).sentence).toMatch(/; nothing is known yet of its normal use\.$/)
  })

  test('of normal use says that it is normal', () => {
    const { sentence } = explained(often, scopes([[often, 94]]))
    expect(sentence).toBe('rundll32.exe ran, started by svchost.exe; that is how this host normally uses it.')
  })
})

describe('the nearest pattern', () => {
  test('is the one that shares the largest part, the same for any order', () => {
    const known = ['a b x y', 'a b c', 'a b d', 'z']
    expect(nearestPattern('a b', known)).toEqual({ pattern: 'a b c', shared: ['a', 'b'] })
    expect(nearestPattern('a b', known.toReversed())).toEqual({ pattern: 'a b c', shared: ['a', 'b'] })
  })

  test('is never the pattern itself, and null where nothing is shared', () => {
    expect(nearestPattern('a b', ['a b', 'c'])).toBeNull()
  })
})

test('every reason has words', () => {
  const codes = [
    ...RISK_REASONS.map(({ code }) => code),
    ...FEATURES.map(noveltyCode),
    'ruled-expected',
    'ruled-test',
    'ruled-malicious',
  ]
  for (const code of codes) expect(reasonWords(code)).not.toBe(code)
  expect(reasonWords('of-yesterday')).toBe('of-yesterday')
})
