import type { Trait } from '@/lib/pipeline/baseline/features'

/**
 * What a process did beyond its start, as far as it is worth comparing: sorted distinct values, at most MAX_VALUES each.
 * null = the host did not report such events that day, which differs from an empty list: nothing notable happened.
 */
export type Traits = Readonly<Record<Trait, readonly string[] | null>>

export const UNREPORTED: Traits = { module: null, destination: null, child: null }

/** The value that a reported trait without anything notable teaches. */
export const NOTHING = 'nothing notable'

const MAX_VALUES = 12

/** Distinct values, the most telling first where there are too many (`rank`, lowest first), then sorted. */
export function toTrait(values: Iterable<string>, rank: (value: string) => number = () => 0): string[] {
  return [...new Set(values)]
    .sort((a, b) => rank(a) - rank(b) || compareText(a, b))
    .slice(0, MAX_VALUES)
    .sort(compareText)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
