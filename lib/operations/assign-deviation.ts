import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { may } from '@/lib/pipeline/decision/permissions'
import { accountActor } from '@/lib/store/accounts'
import { findDeviation } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { changeDeviation } from '@/lib/store/triage'
import { audited } from './audited'
import { checked } from './checked'
import { changedMeanwhile, DeviationTarget, getDeviation, requireTriage } from './triage-deviation'

const Assignment = DeviationTarget.extend({ assigneeId: z.uuid('This is no account.').nullable() })

/**
 * Gives a deviation to somebody who may triage, or (null) to nobody.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function assignDeviation(actor: Actor, submitted: z.input<typeof Assignment>): Promise<void> {
  const person = requireTriage(actor)
  const assignment = checked(Assignment, submitted)
  const deviation = await getDeviation(person, assignment)
  const assignee =
    assignment.assigneeId === null ? null : await findAssignee(assignment.assigneeId, deviation.id)
  await audited(
    actor,
    {
      action: 'deviation-assigned',
      subjectKind: 'deviation',
      subjectId: deviation.id,
      detail: { assigneeId: assignment.assigneeId, assignee },
    },
    async (tx) => {
      const changed = await changeDeviation(tx, deviation, { assigneeId: assignment.assigneeId })
      if (!changed) throw await changedMeanwhile(deviation.id)
    },
  )
}

/** The name of an active account that may triage and sees the deviation. */
async function findAssignee(id: string, deviationId: string): Promise<string> {
  const account = await prisma().account.findFirst({
    where: { id, disabledAt: null },
    include: { hostGroups: true },
  })
  const assignee = account === null ? null : accountActor(account)
  if (assignee === null || !may(assignee.role, 'triage'))
    throw new ExpectedError('invalid-input', 'This account cannot triage: choose another one.')
  if ((await findDeviation(pool(), assignee.scope, deviationId)) === null)
    throw new ExpectedError(
      'invalid-input',
      `${assignee.name} sees none of the hosts of this deviation: choose somebody else.`,
    )
  return assignee.name
}
