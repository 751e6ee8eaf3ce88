import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { moveHosts } from '@/lib/store/host-groups'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

export const GroupName = z
  .string()
  .trim()
  .min(1, 'Give the group a name.')
  .max(100, 'A name has at most 100 characters.')

/**
 * Makes a host group; answers its id.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when there is one of that name
 */
export async function createHostGroup(actor: Actor, submitted: string): Promise<number> {
  requirePermission(actor, 'manage-hosts')
  const name = checked(GroupName, submitted)
  return await audited(
    actor,
    (id) => ({
      action: 'host-group-created',
      subjectKind: 'host-group',
      subjectId: String(id),
      detail: { name },
    }),
    async (tx) => {
      const { count } = await tx.hostGroup.createMany({ data: [{ name }], skipDuplicates: true })
      if (count === 0) throw new ExpectedError('conflict', `There is already a group called ${name}.`)
      return (await tx.hostGroup.findUniqueOrThrow({ where: { name }, select: { id: true } })).id
    },
  )
}

const Assignment = z.object({
  hostIds: z.array(z.int().positive()).min(1, 'Choose hosts.').max(10_000, 'At most 10,000 hosts at once.'),
  /** null = out of any group */
  groupId: z.int().positive().nullable(),
})
export type Assignment = z.input<typeof Assignment>

const NAMED_IN_AUDIT = 50

type Moved = { group: string | null; names: string[]; count: number }

/**
 * Puts hosts into a group from today on; what they did before keeps being compared with the group they were in. Answers how many moved.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'not-found' when the group is gone
 */
export async function assignHosts(actor: Actor, submitted: Assignment): Promise<number> {
  requirePermission(actor, 'manage-hosts')
  const { hostIds, groupId } = checked(Assignment, submitted)
  const from = today()
  const moved = await audited(
    actor,
    ({ group, names, count }: Moved) => ({
      action: 'hosts-assigned',
      subjectKind: 'host-group',
      subjectId: groupId === null ? 'none' : String(groupId),
      detail: { group, from, hosts: count, names },
    }),
    async (tx) => {
      const group = await groupName(tx, groupId)
      const ids = await moveHosts(tx, hostIds, groupId, from)
      const hosts = await tx.host.findMany({
        where: { id: { in: ids.slice(0, NAMED_IN_AUDIT) } },
        select: { name: true },
      })
      return { group, names: hosts.map(({ name }) => name), count: ids.length }
    },
  )
  return moved.count
}

async function groupName(tx: PrismaTransaction, groupId: number | null): Promise<string | null> {
  if (groupId === null) return null
  const group = await tx.hostGroup.findUnique({ where: { id: groupId }, select: { name: true } })
  if (!group) throw new ExpectedError('not-found', 'There is no such group any more.')
  return group.name
}
