import { expect, test } from 'vitest'
import { ATTACKS_DESIGN } from '@/fixtures/detection/attacks-design'
import { ATTACKS_HELD_OUT } from '@/fixtures/detection/attacks-held-out'
import { BENIGN_DESIGN } from '@/fixtures/detection/benign-design'
import { BENIGN_HELD_OUT } from '@/fixtures/detection/benign-held-out'
import { parseLines, scoreLine } from '@/fixtures/detection/score-lines'
import { sha256 } from '@/lib/pipeline/hash'
import { METHOD } from './method'

/** What some hundreds of command lines were read as and scored with, by method. */
const OUTCOMES = { method: 17, sha256: 'c86812273e2b574a01176c3ea32d6ee5c7d348b0e07c33695c8c634e76a0e32b' }

test('a change of what command lines are read as or scored with raises the method, so that installations compute anew', () => {
  const outcomes = [ATTACKS_DESIGN, ATTACKS_HELD_OUT, BENIGN_DESIGN, BENIGN_HELD_OUT]
    .flatMap(parseLines)
    .map(scoreLine)
    .map((line) => (line === null ? null : [line.signature.id, line.score.scoreMillibits]))
  expect(
    { method: METHOD, sha256: sha256(JSON.stringify(outcomes)) },
    'Raise METHOD in method.ts, and write both down here.',
  ).toEqual(OUTCOMES)
})
