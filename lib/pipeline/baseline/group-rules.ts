import { fitsPattern } from './host-pattern'

/** Hosts whose names fit belong to a group. Days since 1970; `to` is the first day on which it no longer holds, null = no end. */
export type GroupRule = {
  pattern: string
  groupId: number
  position: number
  from: number
  to: number | null
}

/** A host in a group: from a day on, to the day before `to`; null = no end. */
export type GroupSpan = { groupId: number; from: number; to: number | null }

const FOREVER = Number.POSITIVE_INFINITY

function endOf({ to }: { to: number | null }): number {
  return to ?? FOREVER
}

function groupOn(names: readonly string[], rules: readonly GroupRule[], day: number): number | null {
  const fitting = rules
    .filter((rule) => rule.from <= day && day < endOf(rule))
    .filter(({ pattern }) => names.some((name) => fitsPattern(name, pattern)))
    .toSorted((a, b) => a.position - b.position)
  return fitting[0]?.groupId ?? null
}

/**
 * The groups that a host belongs to by its names, in order: of several rules of a day the one in the first position decides. Where it was put
 * into a group by hand (`byHand`), rules say nothing. Spans do not overlap, and neighbours differ.
 */
export function spansByRule(
  names: readonly string[],
  rules: readonly GroupRule[],
  byHand: readonly GroupSpan[],
): GroupSpan[] {
  const bounds = [...rules, ...byHand].flatMap((span) => [span.from, endOf(span)])
  const days = [...new Set(bounds)].filter(Number.isFinite).sort((a, b) => a - b)
  const spans: GroupSpan[] = []
  for (const [index, from] of days.entries()) {
    if (byHand.some((span) => span.from <= from && from < endOf(span))) continue
    const groupId = groupOn(names, rules, from)
    if (groupId === null) continue
    const to = days[index + 1] ?? null
    const last = spans.at(-1)
    if (last?.groupId === groupId && last.to === from) last.to = to
    else spans.push({ groupId, from, to })
  }
  return spans
}

/** The first day on which two lists of spans put a host into different groups; null = they never do. */
export function firstDifference(before: readonly GroupSpan[], after: readonly GroupSpan[]): number | null {
  const at = (spans: readonly GroupSpan[], day: number) =>
    spans.find((span) => span.from <= day && day < endOf(span))?.groupId ?? null
  const days = [...before, ...after].flatMap((span) => [span.from, endOf(span)]).filter(Number.isFinite)
  return [...new Set(days)].sort((a, b) => a - b).find((day) => at(before, day) !== at(after, day)) ?? null
}

/** A host as name patterns see it. `byHand`: somebody put it into a group, and patterns say nothing. */
export type NamedHost = { name: string; names: readonly string[]; byHand: boolean }

export type RulesEffect = {
  /** Of each pattern, in order: the hosts that it decides for, the first names, and how many fit but were taken by an earlier one. */
  rules: { hosts: number; names: string[]; taken: number }[]
  /** Hosts that fit, but were placed by hand. */
  byHand: number
  /** Hosts that no pattern fits. */
  unplaced: number
}

const SHOWN_NAMES = 8

/** Which hosts an ordered list of patterns takes. */
export function placedBy(patterns: readonly string[], hosts: readonly NamedHost[]): RulesEffect {
  const effect: RulesEffect = {
    rules: patterns.map(() => ({ hosts: 0, names: [], taken: 0 })),
    byHand: 0,
    unplaced: 0,
  }
  for (const { name, names, byHand } of hosts) {
    const fitting = effect.rules.filter((_, index) =>
      names.some((one) => fitsPattern(one, patterns[index] ?? '')),
    )
    const [first, ...others] = fitting
    if (first === undefined) effect.unplaced++
    else if (byHand) effect.byHand++
    else {
      first.hosts++
      if (first.names.length < SHOWN_NAMES) first.names.push(name)
      for (const other of others) other.taken++
    }
  }
  return effect
}
