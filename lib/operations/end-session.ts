import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { AccountActor } from '@/lib/store/accounts'
import { audited } from './audited'

/**
 * Ends one of the actor's own sessions: signing out, or a browser left behind elsewhere.
 * @throws ExpectedError 'not-found' when it is not theirs or already over
 */
export async function endSession(actor: AccountActor, sessionId: string): Promise<void> {
  await audited(
    actor,
    { action: 'session-ended', subjectKind: 'session', subjectId: sessionId },
    async (tx) => {
      const { count } = await tx.session.updateMany({
        where: { id: sessionId, accountId: actor.accountId, revokedAt: null },
        data: { revokedAt: now() },
      })
      if (count === 0) throw new ExpectedError('not-found', 'This session is already over.')
    },
  )
}
