import type { Subject } from './check'
import type { Expression } from './expression'
import { LiteralFinder } from './literal-finder'
import { fold, longestLiteral, tailName } from './text-pattern'

/** Something that must be in a field, folded, for a rule to be true: what follows its last backslash, or any part of it. */
type Need = { field: string; kind: 'tail' | 'part'; text: string }

/** At least one of them must be met; `share`: of executions that meet one, roughly. */
type Needs = { of: readonly Need[]; share: number }

/** A rule is looked at for a beginning of this length already. */
const MAX_PART = 16
const MAX_NEEDS = 3000
/** Guesses: how many executions hold a given file name, or a given part by its length. They order alternatives and are never wrong. */
const TAIL_SHARE = 0.02
const PART_SHARES = [1, 0.9, 0.6, 0.3, 0.15, 0.05, 0.04, 0.03, 0.02] as const

/**
 * What every hit of an expression has in common, the rarest of what could be asked; null = nothing is known. Only what must be there counts:
 * what is negated says nothing.
 */
export function needsOf(expression: Expression): Needs | null {
  switch (expression.kind) {
    case 'not':
      return null
    case 'check':
      return needsOfCheck(expression)
    case 'all':
      return expression.of
        .map(needsOf)
        .reduce((best, one) => (one !== null && (best === null || one.share < best.share) ? one : best), null)
    case 'any': {
      const each = expression.of.map(needsOf)
      const of = each.flatMap((one) => one?.of ?? [])
      const share = each.reduce((sum, one) => sum + (one?.share ?? 0), 0)
      return each.includes(null) || of.length > MAX_NEEDS ? null : { of, share }
    }
  }
}

function needsOfCheck({ check: { field, matcher } }: Extract<Expression, { kind: 'check' }>): Needs | null {
  if (!field || matcher.kind !== 'text' || matcher.matchesEmpty) return null
  const tail = tailName(matcher.pattern)
  if (tail !== null)
    return { of: [{ field, kind: 'tail', text: folded(tail, matcher.pattern.cased) }], share: TAIL_SHARE }
  const part = folded(longestLiteral(matcher.pattern), matcher.pattern.cased).slice(0, MAX_PART)
  const share = PART_SHARES[Math.min(part.length, PART_SHARES.length - 1)] ?? 1
  return part === '' ? null : { of: [{ field, kind: 'part', text: part }], share }
}

function folded(text: string, cased: boolean): string {
  return cased ? fold(text) : text
}

/** Finds the few rules that an event could meet; positions in the list it was built from. */
export class RuleIndex {
  private readonly always: number[] = []
  private readonly tails = new Map<string, Map<string, number[]>>()
  private readonly parts = new Map<string, LiteralFinder>()

  constructor(expressions: readonly Expression[]) {
    const parts = new Map<string, [string, number][]>()
    for (const [position, expression] of expressions.entries()) {
      const needs = needsOf(expression)
      if (needs === null) this.always.push(position)
      for (const { field, kind, text } of needs?.of ?? []) {
        if (kind === 'tail')
          append(
            getOrAdd(this.tails, field, () => new Map<string, number[]>()),
            text,
            position,
          )
        else append(parts, field, [text, position])
      }
    }
    for (const [field, literals] of parts) this.parts.set(field, new LiteralFinder(literals))
  }

  candidates(subject: Subject): Set<number> {
    const found = new Set(this.always)
    for (const [field, byName] of this.tails) {
      const text = subject.text(field, false)
      if (typeof text !== 'string') continue
      for (const position of byName.get(text.slice(text.lastIndexOf('\\') + 1)) ?? []) found.add(position)
    }
    for (const [field, finder] of this.parts) {
      const text = subject.text(field, false)
      if (typeof text === 'string') finder.find(text, (position) => found.add(position))
    }
    return found
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  getOrAdd(map, key, (): V[] => []).push(value)
}
