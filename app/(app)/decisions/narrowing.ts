import { countOf } from '@/components/ui/numbers'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'

type Kind = Narrowable['kind']

/** Where an approval is to let a decision hold, as it is being chosen: what was ticked of the other kind stays ticked. */
export type Narrowing = {
  /** 'all' = everywhere, as proposed. */
  kind: 'all' | Kind
  ticked: Readonly<Record<Kind, readonly number[]>>
}

export const AS_PROPOSED: Narrowing = { kind: 'all', ticked: { groups: [], hosts: [] } }

export function tick({ kind, ticked }: Narrowing, of: Kind, id: number, isTicked: boolean): Narrowing {
  const others = ticked[of].filter((other) => other !== id)
  return { kind, ticked: { ...ticked, [of]: isTicked ? [...others, id] : others } }
}

/** The places that are left of one kind, by name; none = it is not chosen yet. */
export type Kept = { kind: Kind; ids: number[]; names: string[] }

/** What a narrowing leaves, of places that are still offered; null = everywhere. */
export function keptOf({ kind, ticked }: Narrowing, narrowable: readonly Narrowable[]): Kept | null {
  if (kind === 'all') return null
  const choices = narrowable.find((one) => one.kind === kind)?.choices ?? []
  const chosen = choices.filter(({ id }) => ticked[kind].includes(id))
  return { kind, ids: chosen.map(({ id }) => id), names: chosen.map(({ name }) => name) }
}

/** What keeps it from being approved: a narrowing that was begun does not end in everything that was proposed. */
export function problemOf(kept: Kept | null): string | null {
  if (kept === null || kept.ids.length > 0) return null
  const place = kept.kind === 'groups' ? 'host group' : 'host'
  return `Tick at least one ${place}, or let it hold everywhere, as proposed.`
}

/** More places are counted instead. */
const MOST_NAMED = 10

/** 'Kiosks, Tills', '12 hosts' */
export function keptWords({ kind, names }: Kept): string {
  return names.length > MOST_NAMED
    ? countOf(names.length, kind === 'groups' ? 'host group' : 'host')
    : names.join(', ')
}
