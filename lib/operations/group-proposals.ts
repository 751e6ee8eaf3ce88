import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { moveHosts } from '@/lib/store/host-groups'
import { DECLINED, PROPOSAL } from '@/lib/store/host-profiles'
import { audited } from './audited'
import { checked } from './checked'
import { GroupName } from './host-groups'

const Key = z.string().regex(/^-?\d{1,19}$/, 'There is no such proposal.')
const Accepted = z.object({
  key: Key,
  name: GroupName,
  hostIds: z.array(z.int().positive()).min(1, 'Choose hosts.').max(10_000, 'At most 10,000 hosts at once.'),
  /** The first day in the group; null = every day on record. */
  from: z.iso.date('Give the first day as YYYY-MM-DD.').nullable(),
})

/**
 * Makes a proposed group, with the name and the hosts that the administrator settled on. Answers the hosts that moved.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when there is a group of that name
 */
export async function acceptGroupProposal(
  actor: Actor,
  submitted: z.input<typeof Accepted>,
): Promise<number> {
  requirePermission(actor, 'manage-hosts')
  const { key, name, hostIds, from } = checked(Accepted, submitted)
  const day = from ?? '1970-01-01'
  const moved = await audited(
    actor,
    ({ count, id }: { count: number; id: number }) => ({
      action: 'group-proposal-accepted',
      subjectKind: 'host-group',
      subjectId: String(id),
      detail: { proposal: key, name, from: day, hosts: count },
    }),
    async (tx) => {
      const { count } = await tx.hostGroup.createMany({ data: [{ name }], skipDuplicates: true })
      if (count === 0) throw new ExpectedError('conflict', `There is already a group called ${name}.`)
      const { id } = await tx.hostGroup.findUniqueOrThrow({ where: { name }, select: { id: true } })
      return { id, count: (await moveHosts(tx, hostIds, id, day)).length }
    },
  )
  return moved.count
}

/**
 * Says that a proposed group is none: it is not proposed again.
 * @throws ExpectedError 'forbidden' or 'invalid-input'
 */
export async function declineGroupProposal(actor: Actor, submitted: string): Promise<void> {
  requirePermission(actor, 'manage-hosts')
  const key = checked(Key, submitted)
  await audited(actor, { action: DECLINED, subjectKind: PROPOSAL, subjectId: key }, async () => undefined)
}
