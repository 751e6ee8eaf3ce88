import { Dice } from '@/fixtures/dice'
import type { Assessment, Attack, Item } from './assess'
import { groupBy } from './group-by'

/** Share of attacks at or above a threshold; NaN without attacks. */
export function recallAt(attacks: readonly Pick<Attack, 'score'>[], threshold: number): number {
  return attacks.filter(({ score }) => score >= threshold).length / attacks.length
}

/** Distinct false deviations at a threshold. */
export function falseAt(items: readonly Pick<Item, 'score'>[], threshold: number): number {
  return items.filter(({ score }) => score >= threshold).length
}

/** The same as the queue shows them: one item a binary and pattern, however many hosts it comes from. */
export function falsePatternsAt(items: readonly Item[], threshold: number): number {
  const shown = items.filter(({ score }) => score >= threshold)
  return new Set(shown.map(({ binary, pattern }) => `${binary}\n${pattern}`)).size
}

/** Benign items as a team judges them: one a binary and pattern, at its highest score on any host, where it is benign on all of them. */
export function falseQueue({
  benign,
  malicious,
}: Pick<Assessment, 'benign' | 'malicious'>): Pick<Item, 'score' | 'unit'>[] {
  const subjectOf = ({ binary, pattern }: Item) => `${binary}\n${pattern}`
  const attacked = new Set(malicious.map(subjectOf))
  const highest = benign.filter((item) => !attacked.has(subjectOf(item))).sort((a, b) => b.score - a.score)
  return [...groupBy(highest, subjectOf).values()].flatMap(([first]) => first ?? [])
}

/** The lowest threshold with at most `allowed` false items; at least 1 millibit, for a score of nothing is no deviation. */
export function thresholdFor(falseScores: readonly number[], allowed: number): number {
  const sorted = falseScores.toSorted((a, b) => b - a)
  return Math.max(1, (sorted[Math.floor(allowed)] ?? 0) + 1)
}

/** Area under precision and recall (average precision); executions of equal score count together. */
export function averagePrecision(positive: readonly number[], negative: readonly number[]): number {
  const scored = [
    ...positive.map((score) => ({ score, hit: 1 })),
    ...negative.map((score) => ({ score, hit: 0 })),
  ].sort((a, b) => b.score - a.score)
  let area = 0
  let hits = 0
  for (let from = 0; from < scored.length; ) {
    let until = from
    let found = 0
    while (until < scored.length && scored[until]?.score === scored[from]?.score) {
      found += scored[until]?.hit ?? 0
      until++
    }
    hits += found
    area += (found / positive.length) * (hits / until)
    from = until
  }
  return area
}

/** Share of malicious items among the k of the highest scores; ties at the edge count in proportion. */
export function precisionAt(k: number, { malicious, benign }: Assessment): number | null {
  const scored = [
    ...malicious.map((item) => ({ ...item, hit: 1 })),
    ...benign.map((item) => ({ ...item, hit: 0 })),
  ]
  if (scored.length < k) return null
  const edge = scored.map(({ score }) => score).sort((a, b) => b - a)[k - 1] ?? 0
  const above = scored.filter(({ score }) => score > edge)
  const level = scored.filter(({ score }) => score === edge)
  const hits = (found: readonly { hit: number }[]) => found.reduce((sum, { hit }) => sum + hit, 0)
  return (hits(above) + (hits(level) / level.length) * (k - above.length)) / k
}

export type Interval = { low: number; high: number }

const ROUNDS = 1_000

/**
 * 95 % interval of a measure by the bootstrap over host-days: what happens on one host in one day hangs together.
 * `measure` gets how often each unit was drawn.
 */
export function bootstrap(
  units: readonly string[],
  seed: number,
  measure: (draws: (unit: string) => number) => number,
): Interval {
  const dice = new Dice(seed)
  const found: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const draws = new Map<string, number>()
    for (let draw = 0; draw < units.length; draw++) {
      const unit = units[dice.below(units.length)] ?? ''
      draws.set(unit, (draws.get(unit) ?? 0) + 1)
    }
    const value = measure((unit) => draws.get(unit) ?? 0)
    if (!Number.isNaN(value)) found.push(value)
  }
  found.sort((a, b) => a - b)
  const at = (share: number) =>
    found[Math.min(found.length - 1, Math.floor(share * found.length))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}

/** What recall at a rate is counted of. */
type Counted = Pick<Assessment, 'attacks' | 'units'> & { benign: readonly Pick<Item, 'score' | 'unit'>[] }

/** Recall where at most `rate` false items a host-day are seen, with its threshold. */
export function recallWithin(
  { attacks, benign, units }: Counted,
  rate: number,
): { recall: number; threshold: number; falseItems: number } {
  const threshold = thresholdFor(
    benign.map(({ score }) => score),
    rate * units.length,
  )
  return { recall: recallAt(attacks, threshold), threshold, falseItems: falseAt(benign, threshold) }
}

/** The interval of recallWithin, its threshold chosen anew in every draw. */
export function recallInterval({ attacks, benign, units }: Counted, rate: number, seed: number): Interval {
  const all = [
    ...units,
    ...new Set(attacks.map(({ unit }) => unit).filter((unit) => unit.startsWith('missing'))),
  ]
  const falseItems = benign.toSorted((a, b) => b.score - a.score)
  return bootstrap(all, seed, (draws) => {
    let left = Math.floor(rate * units.length)
    let threshold = 1
    for (const { unit, score } of falseItems) {
      left -= draws(unit)
      if (left >= 0) continue
      threshold = Math.max(1, score + 1)
      break
    }
    return weightedRecall(attacks, threshold, draws)
  })
}

export function weightedRecall(
  attacks: readonly Attack[],
  threshold: number,
  draws: (unit: string) => number,
): number {
  let found = 0
  let all = 0
  for (const { unit, score } of attacks) {
    const times = draws(unit)
    all += times
    if (score >= threshold) found += times
  }
  return found / all
}
