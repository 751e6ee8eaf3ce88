import { renderSVG } from 'uqr'
import { networkOf } from '@/lib/access/client-address'
import { newRecoveryCodes } from '@/lib/access/recovery-code'
import { requireFresh } from '@/lib/access/require-fresh'
import { giveBackAttempts, requireAttempt } from '@/lib/access/sign-in-limit'
import { findTotpStep, newTotpSecret } from '@/lib/access/totp'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { loadAccessPolicy } from '@/lib/store/access-policy'
import { type AccountActor, findOwnCredentials } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { noteRefusal } from '@/lib/store/refusals'
import { endSessions, type LiveSession } from '@/lib/store/sessions'
import { forgetTwoStep, replaceRecoveryCodes } from '@/lib/store/two-step'
import { audited } from './audited'

export type TwoStepDraft = {
  /** For typing it in: base32. */
  secret: string
  /** The same as a QR code, drawn here: an SVG element. */
  picture: string
}

/**
 * Gives whose session it is a new authenticator secret, which counts once a code of it was given (`confirmTwoStep`). Of who has to set it up a fresh
 * proof is asked as well: the rule may be younger than their session, and codes prove who somebody is.
 * @throws ExpectedError 'stale-session', or 'conflict' when there is an authenticator already
 */
export async function beginTwoStep(
  session: Pick<LiveSession, 'actor' | 'freshUntil'>,
): Promise<TwoStepDraft> {
  const actor = requireFresh(session)
  const { secret, uri, sealed } = newTotpSecret(actor)
  // not audited: nothing depends on it yet
  const { count } = await prisma().account.updateMany({
    where: { id: actor.accountId, totpSince: null },
    data: { totpSecret: sealed, totpStep: null },
  })
  if (count === 0)
    throw new ExpectedError(
      'conflict',
      'An authenticator is set up already: remove it before adding another.',
    )
  return { secret, picture: renderSVG(uri, { border: 2 }) }
}

/**
 * The second step counts from now on; answers the recovery codes, which are shown once. Other sessions end. Tries are counted as those of signing
 * in are: whoever finds a session and a set-up that was left half done would come to recovery codes by trying.
 * @throws ExpectedError 'invalid-input' when the code is not of the new secret, 'conflict' when there is an authenticator already, 'busy' after too many tries
 */
export async function confirmTwoStep(
  actor: AccountActor,
  keepSessionId: string,
  code: string,
  address: string,
): Promise<string[]> {
  const { accountId, email } = actor
  const account = await findOwnCredentials(accountId)
  // before the code is looked at: whoever has the session learns nothing of an authenticator that counts
  if (account.totpSince !== null) throw setUpElsewhere()
  await requireAttempt(email, address)
  const step = findTotpStep(account, code.replaceAll(/\s/g, ''), now())
  if (step === null) {
    await noteRefusal('proofs-refused', { email, address: networkOf(address) }, now())
    throw new ExpectedError(
      'invalid-input',
      'That is not the code that the authenticator shows now. Is the clock of the phone right?',
    )
  }
  await giveBackAttempts(email, address)
  const codes = newRecoveryCodes()
  await audited(
    actor,
    { action: 'own-two-step-on', subjectKind: 'account', subjectId: accountId },
    async (tx) => {
      const { count } = await tx.account.updateMany({
        where: { id: accountId, totpSince: null, totpSecret: account.totpSecret },
        data: { totpSince: now(), totpStep: step },
      })
      if (count === 0) throw setUpElsewhere()
      await replaceRecoveryCodes(tx, accountId, codes)
      await endSessions(tx, accountId, now(), keepSessionId)
    },
  )
  return codes
}

function setUpElsewhere(): ExpectedError {
  return new ExpectedError('conflict', 'This was set up elsewhere meanwhile.')
}

/** New recovery codes in place of the old ones, shown once. @throws ExpectedError 'conflict' without an authenticator */
export async function renewRecoveryCodes(actor: AccountActor): Promise<string[]> {
  const { accountId } = actor
  const codes = newRecoveryCodes()
  await audited(
    actor,
    { action: 'own-recovery-codes-renewed', subjectKind: 'account', subjectId: accountId },
    async (tx) => {
      const count = await tx.account.count({ where: { id: accountId, totpSince: { not: null } } })
      if (count === 0) throw new ExpectedError('conflict', 'There is no authenticator to stand in for.')
      await replaceRecoveryCodes(tx, accountId, codes)
    },
  )
  return codes
}

/** Removes the actor's authenticator. @throws ExpectedError 'conflict' where their role needs one */
export async function endTwoStep(actor: AccountActor): Promise<void> {
  const { twoStepRoles } = await loadAccessPolicy()
  if (twoStepRoles.includes(actor.role))
    throw new ExpectedError(
      'conflict',
      'Your role needs the second step. An administrator can reset it, so that you set up another.',
    )
  const { accountId } = actor
  await audited(actor, { action: 'own-two-step-off', subjectKind: 'account', subjectId: accountId }, (tx) =>
    forgetTwoStep(tx, accountId),
  )
}
