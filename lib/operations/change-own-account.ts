import { z } from 'zod'
import { networkOf } from '@/lib/access/client-address'
import { requireHardToGuess } from '@/lib/access/guessable-password'
import { hashPassword, verifyPassword } from '@/lib/access/password'
import { giveBackAttempts, requireAttempt } from '@/lib/access/sign-in-limit'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { type Preferences, parsePreferences } from '@/lib/pipeline/preferences'
import type { AccountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { noteRefusal } from '@/lib/store/refusals'
import { endSessions } from '@/lib/store/sessions'
import { voidLinks } from './account-link'
import { audited } from './audited'
import { checked } from './checked'
import { Password } from './create-account'

/** Keeps how the actor likes to read. Not audited: it changes nothing for anybody else. */
export async function savePreferences(actor: AccountActor, submitted: unknown): Promise<Preferences> {
  const preferences = parsePreferences(submitted)
  await prisma().account.update({ where: { id: actor.accountId }, data: { preferences } })
  return preferences
}

const PasswordChange = z.object({ current: z.string().max(1000), next: Password })

/**
 * The actor gives themselves a new password; every other session of theirs ends.
 * @throws ExpectedError 'invalid-input' when the current password is wrong or the new one too short or easy to guess, 'busy' after too many attempts
 */
export async function changeOwnPassword(
  actor: AccountActor,
  keepSessionId: string,
  submitted: z.input<typeof PasswordChange>,
  address: string,
): Promise<void> {
  const { current, next } = checked(PasswordChange, submitted)
  const { accountId, email, name } = actor
  await requireAttempt(email, address)
  const account = await prisma().account.findUniqueOrThrow({ where: { id: accountId } })
  if (!(await verifyPassword(account.passwordHash, current))) {
    await noteRefusal('proofs-refused', { email, address: networkOf(address) }, now())
    throw new ExpectedError('invalid-input', 'The current password is not right.')
  }
  await giveBackAttempts(email, address)
  await requireHardToGuess(next, [email, name])
  const passwordHash = await hashPassword(next)
  await audited(
    actor,
    { action: 'own-password-changed', subjectKind: 'account', subjectId: accountId },
    async (tx) => {
      await tx.account.update({ where: { id: accountId }, data: { passwordHash } })
      await voidLinks(tx, accountId)
      await endSessions(tx, accountId, now(), keepSessionId)
    },
  )
}
