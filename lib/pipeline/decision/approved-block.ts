import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import type { Block, Control } from './block'
import type { BlockedEntry as JudgedEntry } from './controls'
import type { RingState } from './rings'
import type { LiveState, Verdict } from './states'

/** The catalogue entry that a block is about, as it stands today. */
export type BlockedEntry = JudgedEntry & Pick<CatalogueEntry, 'attack'>

export type NamedHost = { id: number; name: string }

/** One ring of a rollout, with the hosts that are in it today. */
export type BlockRing = {
  id: number
  position: number
  name: string
  state: RingState
  /** When its state began, microseconds since 1970; null = it never left waiting. */
  since: number | null
  /** None = everything in scope that no other ring takes. */
  groupIds: readonly number[]
  hosts: readonly NamedHost[]
}

/** An approved decision (or one in audit, or of an emergency) as a policy is made of it. Expired exceptions are left out. */
export type ApprovedBlock = Block & {
  decisionId: number
  /** Grows with every change of the decision. */
  version: number
  verdict: Exclude<Verdict, 'required'>
  /** A control may carry it out in all of these: approved, in force, in force in an emergency, or in audit on some ring. */
  state: LiveState
  control: Control
  entry: BlockedEntry
  /** Hosts in scope today that are not spared as hosts or groups, by name. */
  hosts: readonly NamedHost[]
  /** Hosts that are spared as hosts or by their groups. */
  sparedHosts: readonly NamedHost[]
  /** In order: audit and enforcement go from ring to ring. */
  rings: readonly BlockRing[]
  justification: string
  /** Of the change, in whatever system it is kept; null = none. */
  ticket: string | null
  proposedBy: string
  /** null = in audit before approval (also while proposed), or an emergency that nobody approved yet. */
  approvedBy: string | null
  /** Microseconds since 1970. */
  approvedAt: number | null
  /** The last day that it holds, 'YYYY-MM-DD'; null = until it is reviewed. */
  expiresOn: string | null
}
