import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { AccountActor } from '@/lib/store/accounts'
import { audited } from './audited'
import { checked } from './checked'

/**
 * Ends one of the actor's own sessions: signing out, or a browser left behind elsewhere.
 * @throws ExpectedError 'invalid-input', or 'not-found' when it is not theirs or already over
 */
export async function endSession(actor: AccountActor, sessionId: string): Promise<void> {
  // what a browser sends may be no text: Prisma would take an object for a condition
  const id = checked(z.uuid('This is no session.'), sessionId)
  await audited(actor, { action: 'session-ended', subjectKind: 'session', subjectId: id }, async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id, accountId: actor.accountId, revokedAt: null },
      data: { revokedAt: now() },
    })
    if (count === 0) throw new ExpectedError('not-found', 'This session is already over.')
  })
}
