import type { Named } from '@/components/decision/scope-words'
import { countOf } from '@/components/ui/numbers'
import { decisionSentence, type SentenceInput } from '@/lib/pipeline/decision/words'

type Kind = 'groups' | 'hosts'

/** Where an approval is to let a decision hold, as it is being chosen: what was chosen of the other kind stays chosen. */
export type Narrowing = {
  /** 'all' = everywhere, as proposed. */
  kind: 'all' | Kind
  chosen: Readonly<Record<Kind, readonly number[]>>
}

/** By name. */
export type Offered = Readonly<Record<Kind, readonly Named[]>>

export const AS_PROPOSED: Narrowing = { kind: 'all', chosen: { groups: [], hosts: [] } }

/** The places that are left of one kind, by name; none = it is not chosen yet. */
export type Kept = { kind: Kind; ids: number[]; names: string[] }

/** What a narrowing leaves, of places that are still offered; null = everywhere. */
export function keptOf({ kind, chosen }: Narrowing, offered: Offered): Kept | null {
  if (kind === 'all') return null
  const ids = new Set(chosen[kind])
  const left = offered[kind].filter(({ id }) => ids.has(id))
  return { kind, ids: left.map(({ id }) => id), names: left.map(({ name }) => name) }
}

/** What keeps it from being approved: a narrowing that was begun does not end in everything that was proposed. */
export function problemOf(kept: Kept | null): string | null {
  if (kept === null || kept.ids.length > 0) return null
  const place = kept.kind === 'groups' ? 'host group' : 'host'
  return `Choose at least one ${place}, or let it hold everywhere, as proposed.`
}

/** More places are counted instead. */
const MOST_NAMED = 10

/** 'Kiosks, Tills', '12 hosts' */
export function keptWords({ kind, names }: Kept): string {
  return names.length > MOST_NAMED
    ? countOf(names.length, kind === 'groups' ? 'host group' : 'host')
    : names.join(', ')
}

/** What a decision does, in the places that are left of it. */
export function sentenceThere(sentence: SentenceInput, kept: Kept | null): string {
  return decisionSentence(kept === null ? sentence : { ...sentence, where: keptWords(kept) })
}

/** What somebody proves for that they are who they are: 'Approve this decision: …' */
export function confirmedWords(
  title: string,
  sentence: SentenceInput | undefined,
  kept: Kept | null,
): string {
  return sentence === undefined ? title : `${title}: ${sentenceThere(sentence, kept)}`
}
