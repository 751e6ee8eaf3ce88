import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { answerProposal, findThreshold, recalibrate } from '@/lib/store/calibration'
import { type Pool, pool } from '@/lib/store/pool'
import { noteComputed } from '@/lib/store/screens/remembered'
import { loadSetting } from '@/lib/store/settings'
import { audited } from './audited'
import { checked } from './checked'

/** Lets the threshold of what people see follow recent quiet days and what the team asked for: it falls by itself, and only proposes to rise. */
export async function calibrateThreshold(db: Pool): Promise<void> {
  const { itemsADay } = await loadSetting(db, 'team', today())
  await recalibrate(db, itemsADay)
  await noteComputed(db)
}

/** Whether there is no threshold yet, or the team has asked for another number of items since. */
export async function wantsCalibration(db: Pool): Promise<boolean> {
  const [{ itemsADay }, threshold] = await Promise.all([loadSetting(db, 'team', today()), findThreshold(db)])
  return threshold === null || threshold.itemsADay !== itemsADay
}

const Answer = z.object({
  id: z.string().regex(/^\d{1,19}$/, 'There is no such proposal.'),
  accept: z.boolean(),
})

/**
 * An administrator lets the threshold rise as proposed, or not.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the proposal is not the newest any more
 */
export async function answerThresholdProposal(
  actor: Actor,
  submitted: z.input<typeof Answer>,
): Promise<void> {
  requirePermission(actor, 'manage-settings')
  const { id, accept } = checked(Answer, submitted)
  const threshold = await findThreshold(pool())
  const conflict = () =>
    new ExpectedError('conflict', 'The proposal has changed meanwhile: look at it as it is now.')
  if (threshold?.id !== id || threshold.proposal === null) throw conflict()
  const { millibits, proposal } = threshold
  await audited(
    actor,
    {
      action: accept ? 'threshold-raised' : 'threshold-kept',
      subjectKind: 'settings',
      subjectId: 'threshold',
      detail: { before: millibits, proposed: proposal.millibits, expectedPerDay: proposal.expectedPerDay },
    },
    async (tx) => {
      const accountId = actor.kind === 'account' ? actor.accountId : null
      if (!(await answerProposal(tx, id, accept ? 'accepted' : 'declined', accountId))) throw conflict()
    },
  )
}
