import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { findOwnCredentials } from '@/lib/store/accounts'
import { noteRefusal } from '@/lib/store/refusals'
import { type LiveSession, markProved } from '@/lib/store/sessions'
import { networkOf } from './client-address'
import { MAX_PASSWORD_LENGTH, verifyPassword } from './password'
import { giveBackAttempts, requireAttempt } from './sign-in-limit'
import { verifyCode } from './verify-code'

/**
 * Somebody who is signed in proves again who they are: by their password, or a code where they have an authenticator.
 * @throws ExpectedError 'invalid-input' when it is neither, 'busy' after too many attempts
 */
export async function proveIdentity(
  { actor, sessionId }: LiveSession,
  typed: string,
  address: string,
): Promise<void> {
  await requireAttempt(actor.email, address)
  const account = await findOwnCredentials(actor.accountId)
  const proof = typed.slice(0, MAX_PASSWORD_LENGTH)
  const proved =
    (await verifyPassword(account.passwordHash, proof)) ||
    (account.totpSince !== null && (await verifyCode(account, proof, now())))
  if (!proved) {
    await noteRefusal('proofs-refused', { email: actor.email, address: networkOf(address) }, now())
    throw new ExpectedError('invalid-input', 'That is not right.')
  }
  await giveBackAttempts(actor.email, address)
  await markProved(sessionId, now())
}
