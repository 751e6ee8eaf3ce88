/** The terms of a block: what a decision forbids, where, and what it spares. Stored with the decision as JSON. */

/** Where a decision holds. Groups and hosts by id. */
export type DecisionScope =
  | { kind: 'fleet' }
  | { kind: 'groups'; ids: number[] }
  | { kind: 'hosts'; ids: number[] }

/**
 * From least to most intrusive: change what a file type opens with, cut the binary's network, refuse to start it, remove
 * the feature that it belongs to.
 */
export const BLOCK_EFFECTS = ['reassociate', 'network', 'execution', 'remove'] as const
export type BlockEffect = (typeof BLOCK_EFFECTS)[number]

/** The kinds of control that can carry a block out; `edr` stands for any product that takes conditions on parent and arguments. */
export const CONTROLS = ['app-control', 'applocker', 'asr', 'firewall', 'santa', 'disable', 'edr'] as const
export type Control = (typeof CONTROLS)[number]

type Spared = {
  /** Why it is spared. */
  reason: string
  /** The last day that it holds, 'YYYY-MM-DD'; null = as long as the decision. */
  until: string | null
}

/** What a block spares. Values are as signatures carry them: a parent's image as normalised, a pattern's text, a user's name or SID. */
export type BlockException = Spared &
  (
    | { kind: 'parent'; value: string }
    | { kind: 'pattern'; value: string }
    | { kind: 'user'; value: string }
    | { kind: 'group'; id: number }
    | { kind: 'host'; id: number }
  )

/** One block as a what-if replays it and as an export writes it. */
export type Block = {
  /** Of the catalogue entry. */
  slug: string
  effect: BlockEffect
  scope: DecisionScope
  exceptions: readonly BlockException[]
}
