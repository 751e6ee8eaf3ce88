import { expect, test } from 'vitest'
import { exampleSignature } from '../example-signature'
import { assessRisk } from '../risk'
import { DEFAULT_SETTINGS, scoreSignature } from '../score-signature'
import { sigmaReasons, sigmaRuleOf } from './sigma'

const HITS = [
  { id: 'a', level: 'medium' },
  { id: 'b', level: 'high' },
  { id: 'c', level: 'high' },
  { id: 'd', level: 'informational' },
] as const

test('only the highest rule counts, and the others are listed', () => {
  expect(sigmaReasons(HITS)).toEqual([
    { code: 'sigma:a', millibits: 0 },
    { code: 'sigma:b', millibits: 4000 },
    { code: 'sigma:c', millibits: 0 },
    { code: 'sigma:d', millibits: 0 },
  ])
  expect(sigmaReasons([])).toEqual([])
})

test('a hit adds to the risk, and familiarity takes from it as from any other', () => {
  const signature = exampleSignature({})
  const own = assessRisk(signature, {}).millibits
  expect(assessRisk(signature, {}, HITS).millibits).toBe(own + 4000)
  const nobody = { fleet: null, group: null, host: null }
  const score = scoreSignature(signature, nobody, 0, DEFAULT_SETTINGS, { sigma: HITS })
  expect(score.reasons.filter(({ code }) => sigmaRuleOf(code) !== null)).toHaveLength(4)
  expect(score.reasons.reduce((sum, { millibits }) => sum + millibits, 0)).toBe(score.scoreMillibits)
})
