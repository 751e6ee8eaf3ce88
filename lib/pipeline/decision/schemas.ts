/** What a decision may say, checked where it comes in: from forms, addresses and the database. Apart from its types, so that pages do not load the library. */

import { z } from 'zod'
import { BLOCK_EFFECTS, type BlockException, CONTROLS, type DecisionScope } from './block'
import type { RingPlan } from './rings'
import { VERDICTS } from './states'
import type { DecisionTerms } from './terms'

export const MAX_HOSTS = 10_000
export const TOO_MANY_HOSTS = `Name at most ${MAX_HOSTS} hosts, or their groups.`
const MAX_RINGS = 8
const MAX_NOTE = 4000
const MAX_EXCEPTIONS = 200
const MAX_TICKET = 100

/** Of a host or a group, as PostgreSQL's integer holds it: a greater one would break every list that the decision is in. */
const id = z.int().positive().max(2_147_483_647)
const ids = z.array(id).min(1).max(MAX_HOSTS, TOO_MANY_HOSTS)
const spared = { reason: z.string(), until: z.iso.date().nullable() }
export const day = z.iso.date('Give a day as YYYY-MM-DD.')

export const DecisionScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fleet') }),
  z.object({ kind: z.literal('groups'), ids }),
  z.object({ kind: z.literal('hosts'), ids }),
]) satisfies z.ZodType<DecisionScope>

export const BlockExceptionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('parent'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('pattern'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('user'), value: z.string().min(1), ...spared }),
  z.object({ kind: z.literal('group'), id, ...spared }),
  z.object({ kind: z.literal('host'), id, ...spared }),
]) satisfies z.ZodType<BlockException>

const RingSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give each ring a name.')
    .max(60, 'The name of a ring has at most 60 characters.'),
  groupIds: z.array(z.int().positive()).max(1000),
})

export const RingPlanSchema = z
  .array(RingSchema)
  .min(1)
  .max(MAX_RINGS, `A rollout has at most ${MAX_RINGS} rings.`)
  .refine((plan) => plan.every(({ groupIds }, at) => (groupIds.length === 0) === (at === plan.length - 1)), {
    message: 'Each ring but the last names host groups; the last one is everything else in scope.',
  })
  .refine((plan) => new Set(plan.map(({ name }) => name)).size === plan.length, {
    message: 'Two rings have the same name.',
  }) satisfies z.ZodType<RingPlan>

export const DecisionTermsSchema = z.object({
  verdict: z.enum(VERDICTS, 'Choose a verdict.'),
  effect: z.enum(BLOCK_EFFECTS).nullable(),
  control: z.enum(CONTROLS).nullable(),
  scope: DecisionScopeSchema,
  exceptions: z
    .array(BlockExceptionSchema)
    .max(MAX_EXCEPTIONS, `A decision has at most ${MAX_EXCEPTIONS} exceptions.`),
  rings: RingPlanSchema,
  justification: z.string().trim().max(MAX_NOTE, `The reason has at most ${MAX_NOTE} characters.`),
  ownerId: z.uuid().nullable(),
  reviewOn: day.nullable(),
  expiresOn: day.nullable(),
  ticket: z.string().trim().max(MAX_TICKET, `A ticket has at most ${MAX_TICKET} characters.`).nullable(),
}) satisfies z.ZodType<DecisionTerms>
