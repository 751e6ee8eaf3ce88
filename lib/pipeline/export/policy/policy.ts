import type { BlockException, Control } from '@/lib/pipeline/decision/block'
import type { ApprovedBlock } from '../approved-block'
import type { Deployment } from '../deployment'

/** A text file; `name` is its path below its control's folder. */
export type ExportFile = { name: string; text: string; about: string }

/** How one control writes blocks down. One file and one line in registry.ts. */
export type PolicyWriter = {
  control: Control
  label: string
  /** Why it cannot carry a block out at all, a clause after "it"; null = it can. */
  refuses: (approved: ApprovedBlock) => string | null
  /** Exceptions, besides hosts and groups, that its language can say. A block with others is never enforced by it. */
  says: readonly BlockException['kind'][]
  /** What of a decision its language leaves out, sentences. */
  leavesOut: (approved: ApprovedBlock) => readonly string[]
  /** What its rule blocks that the decision does not name, sentences. */
  blocksBesides: (approved: ApprovedBlock) => readonly string[]
  /** The files of one deployment; pure, so that the same blocks give the same bytes. */
  write: (deployment: Deployment) => readonly ExportFile[]
  /** Takes the deployment back. */
  undo: (deployment: Deployment) => ExportFile
  /** Ways to bring it to the hosts: "Intune: …". */
  deploy: readonly string[]
  /** How to see that it arrived and what it does. */
  verify: readonly string[]
}

/** What the policy does not carry of the decisions that were given to it. */
export type Limit = {
  decisionId: number
  kind: 'refused' | 'held-back' | 'left-out' | 'blocks-besides'
  text: string
}

export type WrittenFile = ExportFile & { sha256: string }

/** One control's policy for one set of hosts. */
export type Policy = Omit<Deployment, 'blocks' | 'place'> & {
  decisionIds: readonly number[]
  files: readonly WrittenFile[]
  undo: WrittenFile
}

/** What the decisions become for one control. */
export type ControlPolicies = Pick<PolicyWriter, 'control' | 'label' | 'deploy' | 'verify'> & {
  policies: readonly Policy[]
  limits: readonly Limit[]
}
