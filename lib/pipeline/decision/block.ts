/** The terms of a block: what a decision forbids, where, and what it spares. Stored with the decision as JSON. */

import { z } from 'zod'

/** Of a host or a group, as PostgreSQL's integer holds it: a greater one would break every list that the decision is in. */
const id = z.int().positive().max(2_147_483_647)
export const MAX_HOSTS = 10_000
export const TOO_MANY_HOSTS = `Name at most ${MAX_HOSTS} hosts, or their groups.`
const ids = z.array(id).min(1).max(MAX_HOSTS, TOO_MANY_HOSTS)

/** Where a decision holds. Groups and hosts by id. */
export const DecisionScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fleet') }),
  z.object({ kind: z.literal('groups'), ids }),
  z.object({ kind: z.literal('hosts'), ids }),
])
export type DecisionScope = z.infer<typeof DecisionScopeSchema>

/**
 * From least to most intrusive: change what a file type opens with, cut the binary's network, refuse to start it, remove
 * the feature that it belongs to.
 */
export const BLOCK_EFFECTS = ['reassociate', 'network', 'execution', 'remove'] as const
export type BlockEffect = (typeof BLOCK_EFFECTS)[number]

/** The kinds of control that can carry a block out; `edr` stands for any product that takes conditions on parent and arguments. */
export const CONTROLS = ['app-control', 'applocker', 'asr', 'firewall', 'santa', 'disable', 'edr'] as const
export type Control = (typeof CONTROLS)[number]

const spared = {
  /** Why it is spared. */
  reason: z.string(),
  /** The last day that it holds, 'YYYY-MM-DD'; null = as long as the decision. */
  until: z.iso.date().nullable(),
}

/** What a block spares. Values are as signatures carry them: a parent's image as normalised, a pattern's text, a user's name or SID. */
export const BlockExceptionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('parent'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('pattern'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('user'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('group'), id, ...spared }),
  z.object({ kind: z.literal('host'), id, ...spared }),
])
export type BlockException = z.infer<typeof BlockExceptionSchema>

/** One block as a what-if replays it and as an export writes it. */
export type Block = {
  /** Of the catalogue entry. */
  slug: string
  effect: BlockEffect
  scope: DecisionScope
  exceptions: readonly BlockException[]
}
