import { z } from 'zod'
import { now } from '@/lib/clock'
import { storableText } from '@/lib/pipeline/storable-text'
import { findCredentials } from '@/lib/store/accounts'
import { noteRefusal } from '@/lib/store/refusals'
import { networkOf } from './client-address'
import { openSession, type SignInFrom } from './open-session'
import { MAX_PASSWORD_LENGTH, verifyPassword } from './password'
import { giveBackAttempts, takeAttempt } from './sign-in-limit'
import { verifyCode } from './verify-code'

const Credentials = z.object({
  email: z.string().trim().toLowerCase().max(320).transform(storableText),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
  /** Of the authenticator, or a recovery code. */
  code: z.string().max(100).default(''),
})

/** No code is theirs. */
const NOBODY = { id: '00000000-0000-0000-0000-000000000000', totpSecret: null }

export type SignInResult =
  | { kind: 'signed-in'; accountId: string; sessionId: string }
  | { kind: 'refused' }
  | { kind: 'too-many-attempts' }

/**
 * Checks an e-mail address, a password and, where the account has an authenticator, a code, and opens a session. Unknown, disabled,
 * wrong password, wrong or missing code look and take the same: nobody learns which of them it was.
 */
export async function verifyCredentials(submitted: unknown, from: SignInFrom): Promise<SignInResult> {
  const read = Credentials.safeParse(submitted)
  if (!read.success) return { kind: 'refused' }
  const { email, password, code } = read.data
  if (!(await takeAttempt(email, from.address))) return { kind: 'too-many-attempts' }
  const account = await findCredentials(email)
  const matches = await verifyPassword(account?.passwordHash ?? null, password)
  const known = account !== null && matches ? account : null
  const twoStep = known === null || known.totpSince !== null
  // a code is looked for after a wrong password too: else the time that it takes would tell of a right one
  if ((twoStep && !(await verifyCode(known ?? NOBODY, code, now()))) || known === null) {
    await noteRefusal('sign-ins-refused', { email, address: networkOf(from.address) }, now())
    return { kind: 'refused' }
  }
  await giveBackAttempts(email, from.address)
  const method = twoStep ? 'two-step' : 'password'
  const sessionId = await openSession(known.id, from, { method }, now())
  return { kind: 'signed-in', accountId: known.id, sessionId }
}
