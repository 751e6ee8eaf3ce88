import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { may } from '@/lib/pipeline/decision/permissions'
import { accountActor } from '@/lib/store/accounts'
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
  const assignee = assignment.assigneeId === null ? null : await findAssignee(assignment.assigneeId)
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

/** The name of an active account that may triage. */
async function findAssignee(id: string): Promise<string> {
  const account = await prisma().account.findFirst({
    where: { id, disabledAt: null },
    include: { hostGroups: true },
  })
  if (account === null || !may(accountActor(account).role, 'triage'))
    throw new ExpectedError('invalid-input', 'This account cannot triage: choose another one.')
  return account.name
}
