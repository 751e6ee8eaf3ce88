import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { BlockEffect, Control } from '@/lib/pipeline/decision/block'
import type { Deployment } from '../deployment'
import type { PlacedBlock } from '../placed-block'

/** A text file; `name` is its path below its control's folder. */
export type ExportFile = { name: string; text: string; about: string }

/** How one control writes blocks down; what it can express is in CONTROL_FACTS. One file and one line in registry.ts. */
export type PolicyWriter = {
  control: Control
  /** Why it cannot write this block down though the control could carry it out, a sentence; null = it can. */
  refuses: (entry: BlockedEntry, effect: BlockEffect) => string | null
  /**
   * Where a host either audits or enforces all rules of a kind, whichever policies they come from: the kind that the binary's are of. Without it each
   * policy has a mode of its own.
   */
  sharedMode?: (entry: BlockedEntry) => string | null
  /** What of a decision its language leaves out, sentences. */
  leavesOut: (block: PlacedBlock) => readonly string[]
  /** What its rule blocks that the decision does not name, sentences. */
  blocksBesides: (block: PlacedBlock) => readonly string[]
  /** The files of one deployment; pure, so that the same blocks give the same bytes. */
  write: (deployment: Deployment) => readonly ExportFile[]
  /** Takes the deployment back. */
  undo: (deployment: Deployment) => ExportFile
  /** Ways to bring it to the hosts: "Intune: …". */
  deploy: readonly string[]
  /** How to see that it arrived and what it does. */
  verify: readonly string[]
}

/** What the policy does not carry of a decision, sentences. */
export type Limit = {
  decisionId: number
  kind: 'refused' | 'waiting' | 'held-back' | 'left-out' | 'blocks-besides'
  text: string
}

export type WrittenFile = ExportFile & { sha256: string }

/** One control's policy for one set of hosts. */
export type Policy = Omit<Deployment, 'blocks' | 'hosts'> & {
  decisionIds: readonly number[]
  /** Names of those that it is given to today. */
  hosts: readonly string[]
  files: readonly WrittenFile[]
  undo: WrittenFile
}

/** What the decisions become for one control. */
export type ControlPolicies = Pick<PolicyWriter, 'control' | 'deploy' | 'verify'> & {
  label: string
  /** All that were decided for it, written or not. */
  decisionIds: readonly number[]
  policies: readonly Policy[]
  limits: readonly Limit[]
}
