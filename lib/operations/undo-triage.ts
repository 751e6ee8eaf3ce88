import type { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { isTriageState } from '@/lib/pipeline/deviation/triage'
import { prisma } from '@/lib/store/prisma'
import {
  changeDeviation,
  findLastTriage,
  listRulings,
  queueAfterRulings,
  setRevoked,
  TRIAGE_UNDONE,
} from '@/lib/store/triage'
import { audited } from './audited'
import { checked } from './checked'
import {
  changedMeanwhile,
  DeviationTarget,
  findAffected,
  getDeviation,
  requireSight,
  requireTriage,
} from './triage-deviation'

/**
 * Takes the last triage of a deviation back: its state, what it taught and what it took back are as before, and scores follow.
 * @throws ExpectedError 'forbidden', 'not-found', or 'conflict' when it changed meanwhile or there is nothing to undo
 */
export async function undoTriage(actor: Actor, submitted: z.input<typeof DeviationTarget>): Promise<void> {
  const person = requireTriage(actor)
  const deviation = await getDeviation(person, checked(DeviationTarget, submitted))
  const last = await findLastTriage(prisma(), deviation.id)
  if (last === null || !isTriageState(last.from))
    throw new ExpectedError('conflict', 'There is no triage of it to undo.')
  const { from, created, revoked } = last
  const rulings = await listRulings(prisma(), deviation.id, [...created, ...revoked])
  await requireSight(person, rulings)
  const hosts = await findAffected(deviation, rulings)
  await audited(
    actor,
    {
      action: TRIAGE_UNDONE,
      subjectKind: 'deviation',
      subjectId: deviation.id,
      detail: { from: deviation.state, to: from, binary: deviation.slug, title: deviation.titleInWords },
    },
    async (tx) => {
      if (!(await changeDeviation(tx, deviation, { state: from, stateChangedAt: now() })))
        throw await changedMeanwhile(deviation.id)
      await setRevoked(tx, created, now())
      await setRevoked(tx, revoked, null)
      if (hosts !== null) await queueAfterRulings(tx, hosts.ids, hosts.from)
    },
  )
}
