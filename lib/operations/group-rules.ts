import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { placedBy, type RulesEffect } from '@/lib/pipeline/baseline/group-rules'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { listNamedHosts, placeByRules, placementState, putRules } from '@/lib/store/group-rules'
import { type Pool, pool } from '@/lib/store/pool'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { transaction } from '@/lib/store/sql'
import { audited } from './audited'
import { checked } from './checked'

const RuleList = z
  .array(
    z.object({
      pattern: z
        .string()
        .trim()
        .toLowerCase()
        .min(1, 'Give each pattern a text, such as ws-*.')
        .max(253, 'A pattern has at most 253 characters.')
        .regex(/^[^\p{Cc}]*$/u, 'A pattern has no control characters.'),
      groupId: z.int().positive('Choose a group for each pattern.'),
    }),
  )
  .max(500, 'At most 500 patterns.')

const Rules = z.object({
  rules: RuleList,
  /** The first day that they hold for; null = every day on record. */
  from: z.iso.date('Give the first day as YYYY-MM-DD.').nullable(),
  /** The patterns in force when the administrator looked, in order. */
  read: z.array(z.object({ pattern: z.string(), groupId: z.int() })),
})
export type RulesChange = z.input<typeof Rules>

/**
 * Which hosts a list of name patterns would place where, before it is saved.
 * @throws ExpectedError 'forbidden' or 'invalid-input'
 */
export async function previewGroupRules(actor: Actor, submitted: RulesChange['rules']): Promise<RulesEffect> {
  requirePermission(actor, 'manage-hosts')
  const rules = checked(RuleList, submitted)
  return placedBy(
    rules.map(({ pattern }) => pattern),
    await listNamedHosts(pool()),
  )
}

const BEGINNING = '1970-01-01'

/**
 * Puts the list of name patterns in force from a day on: hosts join the group of the first pattern that one of their names fits, new hosts
 * as soon as they are seen, hosts placed by hand stay. The worker places them and computes what follows.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found' when a group is gone, or 'conflict' when the list was changed meanwhile
 */
export async function changeGroupRules(actor: Actor, submitted: RulesChange): Promise<void> {
  requirePermission(actor, 'manage-hosts')
  const { rules, from, read } = checked(Rules, submitted)
  const groups = new Set(rules.map(({ groupId }) => groupId))
  if ((await prisma().hostGroup.count({ where: { id: { in: [...groups] } } })) < groups.size)
    throw new ExpectedError('not-found', 'There is no such host group any more.')
  await audited(
    actor,
    {
      action: 'host-group-rules-changed',
      subjectKind: 'host-group',
      subjectId: 'rules',
      detail: { from: from ?? BEGINNING, before: read, after: rules },
    },
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE host_group_rule IN SHARE ROW EXCLUSIVE MODE`
      if (JSON.stringify(await listRules(tx)) !== JSON.stringify(read))
        throw new ExpectedError(
          'conflict',
          'Somebody else changed the patterns meanwhile: look at them as they are now.',
        )
      await putRules(tx, rules, from ?? BEGINNING)
    },
  )
}

async function listRules(tx: PrismaTransaction): Promise<{ pattern: string; groupId: number }[]> {
  return await tx.hostGroupRule.findMany({
    where: { validTo: null },
    orderBy: { position: 'asc' },
    select: { pattern: true, groupId: true },
  })
}

/** The state of the tables when hosts were last placed, by database. */
const placed = new WeakMap<Pool, string>()

/** Places hosts by the name patterns, unless nothing changed since this process last did. */
export async function placeHostsByRules(db: Pool = pool()): Promise<void> {
  if (placed.get(db) === (await placementState(db))) return
  await transaction(db, placeByRules)
  placed.set(db, await placementState(db))
}
