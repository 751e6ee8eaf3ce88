import { z } from 'zod'
import { requireHardToGuess } from '@/lib/access/guessable-password'
import { hashPassword } from '@/lib/access/password'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { hashSecret } from '@/lib/store/api-keys'
import { prisma } from '@/lib/store/prisma'
import { endSessions } from '@/lib/store/sessions'
import { ACCOUNT_LINK, type AccountLink, newLink, PERSONS_LINK, putLink, voidLinks } from './account-link'
import { audited } from './audited'
import { checked } from './checked'
import { insertAccount, NewAccount, Password } from './create-account'
import { mailAccountLink } from './mail-account-link'

const Invitation = NewAccount.omit({ password: true })
export type Invitation = z.input<typeof Invitation>

/** `mailed`: it was sent to the person, too. */
export type HandedLink = AccountLink & { mailed: boolean }

/**
 * Adds an account without a password; answers the link by which the person chooses one.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the e-mail address has an account
 */
export async function inviteAccount(actor: Actor, submitted: Invitation): Promise<HandedLink> {
  requirePermission(actor, 'manage-accounts')
  const invitation = checked(Invitation, submitted)
  const { token, link } = newLink(ACCOUNT_LINK)
  await audited(
    actor,
    (id: string) => ({
      action: 'account-invited',
      subjectKind: 'account',
      subjectId: id,
      detail: { email: invitation.email, name: invitation.name, role: invitation.role },
    }),
    async (tx) => {
      const id = await insertAccount(tx, { ...invitation, passwordHash: null })
      await putLink(tx, id, ACCOUNT_LINK, { token, link })
      return id
    },
  )
  return { ...link, mailed: await mailAccountLink(invitation, link) }
}

/**
 * A new link for an account whose person forgot the password, or never used the invitation; earlier links stop working, the present
 * password and sessions hold until the link is used.
 * @throws ExpectedError 'forbidden', or 'not-found' when there is no such account in use
 */
export async function issueAccountLink(actor: Actor, accountId: string): Promise<HandedLink> {
  requirePermission(actor, 'manage-accounts')
  const id = checked(z.uuid(), accountId)
  const { token, link } = newLink(ACCOUNT_LINK)
  const person = await audited(
    actor,
    { action: 'account-link-issued', subjectKind: 'account', subjectId: id },
    async (tx) => {
      const found = await tx.account.findFirst({
        where: { id, disabledAt: null, oidcSubject: null },
        select: { name: true, email: true },
      })
      if (found === null)
        throw new ExpectedError('not-found', 'There is no such account in use that has a password.')
      await putLink(tx, id, ACCOUNT_LINK, { token, link })
      return found
    },
  )
  return { ...link, mailed: await mailAccountLink(person, link) }
}

function usable(token: string) {
  return {
    hash: hashSecret(token),
    purpose: { in: [ACCOUNT_LINK.purpose, PERSONS_LINK.purpose] },
    usedAt: null,
    expiresAt: { gt: now() },
    account: { disabledAt: null },
  }
}

/** Whose password a link would set; null when it is used, too old, replaced, or none of ours. */
export async function findAccountLink(token: string): Promise<{ name: string; email: string } | null> {
  const found = await prisma().setupToken.findFirst({
    where: usable(token),
    include: { account: { select: { name: true, email: true } } },
  })
  return found?.account ?? null
}

/**
 * Uses the link up: the account has this password, and every session of it ends.
 * @throws ExpectedError 'invalid-input', or 'conflict' when the link was used or is too old
 */
export async function useAccountLink(token: string, submitted: string): Promise<void> {
  const password = checked(Password, submitted)
  const link = await prisma().setupToken.findFirst({
    where: usable(token),
    include: { account: { select: { email: true, name: true } } },
  })
  const id = link?.accountId
  if (!id || !link.account) throw tooLate()
  await requireHardToGuess(password, [link.account.email, link.account.name])
  const passwordHash = await hashPassword(password)
  await audited(
    systemActor('password link'),
    { action: 'account-link-used', subjectKind: 'account', subjectId: id },
    async (tx) => {
      const { count } = await tx.setupToken.updateMany({ where: usable(token), data: { usedAt: now() } })
      if (count === 0) throw tooLate()
      await tx.account.update({ where: { id }, data: { passwordHash } })
      await voidLinks(tx, id)
      await endSessions(tx, id, now())
    },
  )
}

function tooLate(): ExpectedError {
  return new ExpectedError('conflict', 'This link was used or is too old. Ask for a new one.')
}
