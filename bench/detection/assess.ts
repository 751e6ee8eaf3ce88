import { subjectOf } from '@/lib/pipeline/baseline/signature'
import type { Execution } from './processes'
import type { Truth } from './truth'

export type LabelledExecution = Execution<unknown> & { truths: readonly Truth[] }

/** One malicious execution, however many records and processes report it; `score` is its highest, in millibits; −1 = never scored. */
export type Attack = { truth: Truth; score: number; day: number; unit: string }

/** A distinct (host, binary, pattern). */
export type Item = { key: string; binary: string; pattern: string; score: number; day: number; unit: string }

/** What scores are worth against truth. */
export type Assessment = {
  attacks: Attack[]
  /** Items with benign executions only: at a threshold, those above it are the distinct false deviations. */
  benign: Item[]
  /** Items that a malicious execution belongs to. */
  malicious: Item[]
  /** Apart: judged unsure, and without any label. */
  unsure: Item[]
  unlabelled: Item[]
  /** Scores of labelled benign executions, for the precision–recall curve. */
  benignScores: number[]
  /** Units: distinct (host, UTC day) with a labelled execution of a scored binary. */
  units: string[]
}

type Kind = 'malicious' | 'benign' | 'unsure' | 'unlabelled'
const RANK: Readonly<Record<Kind, number>> = { malicious: 3, unsure: 2, benign: 1, unlabelled: 0 }

function kindOf(truths: readonly Truth[]): Kind {
  const labels = truths.map(({ label }) => label)
  return (['malicious', 'unsure', 'benign'] as const).find((label) => labels.includes(label)) ?? 'unlabelled'
}

/** What an item is counted by. */
export function itemKey({ host, signature }: Execution<unknown>): string {
  return `${host}\n${subjectOf(signature).key}`
}

function collectAttacks(
  executions: readonly LabelledExecution[],
  scores: readonly number[],
  missing: readonly Truth[],
  isCounted: (truth: Truth) => boolean,
): Attack[] {
  const attacks = new Map<Truth, Attack>()
  for (const [index, { host, day, truths }] of executions.entries())
    for (const truth of truths) {
      const score = scores[index] ?? 0
      if (!isCounted(truth) || score <= (attacks.get(truth)?.score ?? -1)) continue
      attacks.set(truth, { truth, score, day, unit: `${host} ${day}` })
    }
  for (const truth of missing)
    if (isCounted(truth))
      attacks.set(truth, { truth, score: -1, day: 0, unit: `missing ${truth.executionId}` })
  return [...attacks.values()]
}

/**
 * @param scores of the executions, in their order; integers ≥ 0, higher is more suspicious
 * @param missing labelled executions that were never scored: attacks among them are missed at any threshold
 */
export function assess(
  executions: readonly LabelledExecution[],
  scores: readonly number[],
  missing: readonly Truth[],
): Assessment {
  const items = new Map<string, Item & { kind: Kind }>()
  const units = new Set<string>()
  const benignScores: number[] = []
  for (const [index, execution] of executions.entries()) {
    const { host, day, signature, truths } = execution
    const kind = kindOf(truths)
    const score = scores[index] ?? 0
    const unit = `${host} ${day}`
    if (kind !== 'unlabelled') units.add(unit)
    if (kind === 'benign') benignScores.push(score)
    const key = itemKey(execution)
    const known = items.get(key)
    if (known === undefined) {
      const { slug: binary } = signature
      items.set(key, { key, binary, pattern: subjectOf(signature).value, score, day, unit, kind })
      continue
    }
    if (score > known.score) Object.assign(known, { score, day, unit })
    if (RANK[kind] > RANK[known.kind]) known.kind = kind
  }
  const ofKind = (kind: Kind) => [...items.values()].filter((item) => item.kind === kind)
  return {
    attacks: collectAttacks(
      executions,
      scores,
      missing,
      (truth) => truth.label === 'malicious' && truth.isProxyExecution,
    ),
    benign: ofKind('benign'),
    malicious: ofKind('malicious'),
    unsure: ofKind('unsure'),
    unlabelled: ofKind('unlabelled'),
    benignScores,
    units: [...units],
  }
}
