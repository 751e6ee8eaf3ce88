import { describe, expect, test } from 'vitest'
import { ATTACKS_DESIGN } from '@/fixtures/detection/attacks-design'
import { ATTACKS_HELD_OUT } from '@/fixtures/detection/attacks-held-out'
import { BENIGN_DESIGN } from '@/fixtures/detection/benign-design'
import { BENIGN_HELD_OUT } from '@/fixtures/detection/benign-held-out'
import { parseLines, type ScoredLine, scoreLine } from '@/fixtures/detection/score-lines'
import { DEVIATION_FLOOR_MILLIBITS } from './weights'

/** Lines of binaries that are scored without anybody turning them on. */
function scoredLines(text: string): ScoredLine[] {
  return parseLines(text)
    .map(scoreLine)
    .filter((line) => line !== null)
    .filter(({ tier }) => tier === 'baseline')
}

function isDeviation({ score }: ScoredLine): boolean {
  return score.scoreMillibits >= DEVIATION_FLOOR_MILLIBITS
}

function shareOfDeviations(text: string): number {
  const lines = scoredLines(text)
  return lines.filter(isDeviation).length / lines.length
}

function describeLine({ score, signature }: ScoredLine): string {
  return `${score.scoreMillibits} ${signature.pattern}: ${score.reasons.map(({ code }) => code).join(', ')}`
}

describe('on a host that nothing is known of', () => {
  test('published attack lines are deviations, but for what the program that was clicked looks like anyway', () => {
    const missed = scoredLines(ATTACKS_DESIGN).filter((line) => !isDeviation(line))
    expect(missed.map(describeLine)).toEqual(['1500 dfsvc: script-parent'])
  })

  test('everyday lines are none', () => {
    expect(scoredLines(BENIGN_DESIGN).filter(isDeviation).map(describeLine)).toEqual([])
  })

  test('of attack lines that no rule was designed by, at least nineteen in twenty are deviations', () => {
    expect(shareOfDeviations(ATTACKS_HELD_OUT)).toBeGreaterThanOrEqual(0.95)
  })

  test('of everyday lines that no rule was designed by, at most one in twelve is', () => {
    expect(shareOfDeviations(BENIGN_HELD_OUT)).toBeLessThanOrEqual(1 / 12)
  })
})
