import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor, Role } from '@/lib/pipeline/actor'
import { may } from '@/lib/pipeline/decision/permissions'
import type { AuditSubject } from '@/lib/store/audit'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { audited } from '../audited'
import { checked } from '../checked'
import { requirePerson } from './person'

const Delegated = z.object({
  /** null = to nobody any more. */
  toId: z.uuid().nullable(),
  /** The last day that it holds. */
  until: z.iso.date('Give the last day as YYYY-MM-DD.'),
})
export type Delegated = z.input<typeof Delegated>

/**
 * A manager leaves what awaits them to another manager until a day, or takes it back. It gives nobody a right that they lack: the other one decides
 * with their own role, on the hosts that they see.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' where the other one may not decide
 */
export async function delegate(actor: Actor, submitted: Delegated): Promise<void> {
  const person = requirePerson(actor, 'decide')
  const { toId, until } = checked(Delegated, submitted)
  const at = now()
  if (toId === person.accountId) throw new ExpectedError('invalid-input', 'Choose somebody else.')
  if (toId !== null && until < at.toISOString().slice(0, 10))
    throw new ExpectedError('invalid-input', 'It would be over before it begins.')
  await audited(
    actor,
    (to: string | null): AuditSubject => ({
      action: to === null ? 'delegation-ended' : 'delegation-made',
      subjectKind: 'account',
      subjectId: person.accountId,
      detail: to === null ? {} : { to, toId, until },
    }),
    async (tx) => {
      await tx.delegation.updateMany({
        where: { fromId: person.accountId, endedAt: null },
        data: { endedAt: at },
      })
      if (toId === null) return null
      const name = await requireManager(tx, toId)
      await tx.delegation.create({ data: { fromId: person.accountId, toId, until: new Date(until) } })
      return name
    },
  )
}

async function requireManager(tx: PrismaTransaction, id: string): Promise<string> {
  const account = await tx.account.findUnique({ where: { id } })
  if (!account || account.disabledAt !== null || !may(account.role as Role, 'decide'))
    throw new ExpectedError('conflict', 'Only a manager or an administrator can stand in for you.')
  return account.name
}
