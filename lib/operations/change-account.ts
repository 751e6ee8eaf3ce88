import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { type Actor, ROLES } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { lockAccount, lockAdministrators } from '@/lib/store/accounts'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { endSessions } from '@/lib/store/sessions'
import { forgetTwoStep } from '@/lib/store/two-step'
import { PERSONS_LINK, voidLinks } from './account-link'
import { audited } from './audited'
import { checked } from './checked'

const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), role: z.enum(ROLES) }),
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('enable') }),
  /** Forgets the authenticator, so that its person signs in without and sets up another. */
  z.object({ kind: z.literal('reset-two-step') }),
  z.object({ kind: z.literal('host-groups'), groupIds: z.array(z.int().positive()).max(1000) }),
])
export type AccountChange = z.input<typeof Change>
type CheckedChange = z.output<typeof Change>

const ACTIONS = {
  role: 'account-role-changed',
  disable: 'account-disabled',
  enable: 'account-enabled',
  'reset-two-step': 'account-two-step-reset',
  'host-groups': 'account-host-groups-changed',
} as const

/**
 * An administrator changes somebody's account. Disabling and a reset of its second step end its sessions. Links that
 * its person asked for do nothing any more.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' where no administrator would be left
 */
export async function changeAccount(
  actor: Actor,
  accountId: string,
  submitted: AccountChange,
): Promise<void> {
  requirePermission(actor, 'manage-accounts')
  const change = checked(Change, submitted)
  const id = checked(z.uuid(), accountId)
  await audited(
    actor,
    { action: ACTIONS[change.kind], subjectKind: 'account', subjectId: id, detail: detailOf(change) },
    async (tx) => {
      await lockAdministrators(tx)
      await lockAccount(tx, id)
      await apply(tx, id, change)
      // what was mailed before the change does nothing after it; whom is disabled is invited anew
      await voidLinks(tx, id, change.kind === 'disable' ? undefined : PERSONS_LINK)
      await requireAnAdministrator(tx)
    },
  )
}

function detailOf(change: CheckedChange): Json {
  switch (change.kind) {
    case 'role':
      return { role: change.role }
    case 'host-groups':
      return { groupIds: change.groupIds }
    default:
      return {}
  }
}

async function apply(tx: PrismaTransaction, id: string, change: CheckedChange): Promise<void> {
  const update = (data: { role?: string; disabledAt?: Date | null }) =>
    tx.account.update({ where: { id }, data, select: { id: true } })
  switch (change.kind) {
    case 'role':
      await update({ role: change.role })
      return
    case 'disable':
      await update({ disabledAt: now() })
      await endSessions(tx, id, now())
      return
    case 'enable':
      await update({ disabledAt: null })
      return
    case 'reset-two-step':
      await forgetTwoStep(tx, id)
      await endSessions(tx, id, now())
      return
    case 'host-groups':
      await tx.accountHostGroup.deleteMany({ where: { accountId: id } })
      await tx.accountHostGroup.createMany({
        data: [...new Set(change.groupIds)].map((groupId) => ({ accountId: id, groupId })),
      })
  }
}

async function requireAnAdministrator(tx: PrismaTransaction): Promise<void> {
  // one who was invited and never came does not count, nor one who sees a part of the hosts: they manage nobody
  const admins = await tx.account.count({
    where: {
      role: 'admin',
      disabledAt: null,
      hostGroups: { none: {} },
      OR: [{ passwordHash: { not: null } }, { oidcSubject: { not: null } }],
    },
  })
  if (admins === 0) {
    throw new ExpectedError(
      'conflict',
      'This is the last active administrator who sees all hosts: make another one first.',
    )
  }
}
