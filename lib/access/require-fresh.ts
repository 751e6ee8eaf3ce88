import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { AccountActor } from '@/lib/store/accounts'
import type { LiveSession } from '@/lib/store/sessions'

/** The person of a session, if they proved who they are in the last minutes. @throws ExpectedError 'stale-session' */
export function requireFresh({ actor, freshUntil }: Pick<LiveSession, 'actor' | 'freshUntil'>): AccountActor {
  if (freshUntil > now()) return actor
  throw new ExpectedError('stale-session', 'Confirm that it is you, then try again. Nothing was changed.')
}
