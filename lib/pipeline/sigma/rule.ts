import type { Expression } from './expression'

export const SIGMA_LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type SigmaLevel = (typeof SIGMA_LEVELS)[number]

/** Kinds of events that rules are evaluated on, as Sigma's taxonomy names them. */
export const SIGMA_CATEGORIES = ['process_creation', 'image_load', 'network_connection', 'dns_query'] as const
export type SigmaCategory = (typeof SIGMA_CATEGORIES)[number]

export const SIGMA_PRODUCTS = ['windows', 'macos'] as const
export type SigmaProduct = (typeof SIGMA_PRODUCTS)[number]

/** What a rule says of itself. */
export type SigmaHeading = {
  /** The rule's own id, lower-case; made of its title where it has none. */
  id: string
  title: string
  level: SigmaLevel
  status: string | null
  category: SigmaCategory
  /** null = any. */
  product: SigmaProduct | null
  description: string
  author: string
  /** As written; only some are web addresses. */
  references: readonly string[]
  tags: readonly string[]
  /** Day of the last change as yyyy-mm-dd, else of its creation; null = not said. */
  modified: string | null
}

export type SigmaRule = SigmaHeading & {
  /** When the rule is a hit. */
  expression: Expression
  /** Fields that it asks for and no event has: they are unknown. In the order of first use. */
  unknownFields: readonly string[]
}

/** A rule that an execution met. */
export type SigmaHit = { id: string; level: SigmaLevel }

/** How many of a day's events met a rule. */
export type SigmaUse = SigmaHit & { events: number }

/** Why a rule is not taken; the message is a sentence for the administrator who loads it. Caught by read-rules.ts. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem'
}
