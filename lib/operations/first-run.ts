import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { requireHardToGuess } from '@/lib/access/guessable-password'
import { now } from '@/lib/clock'
import { baseUrl, env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { systemActor } from '@/lib/pipeline/actor'
import { countAccounts } from '@/lib/store/accounts'
import { hashSecret } from '@/lib/store/api-keys'
import { prisma } from '@/lib/store/prisma'
import { checked } from './checked'
import { createAccount, NewAccount } from './create-account'

const PURPOSE = 'first-admin'
const TOKEN_HOURS = 24
const FirstAdmin = NewAccount.omit({ role: true })

export type FirstRun =
  | { kind: 'accounts-exist' }
  | { kind: 'created'; email: string }
  /** Opened once, within a day, it makes the first administrator. */
  | { kind: 'set-up-link'; url: string }

/**
 * Makes sure that somebody can get in: an administrator from CORDON_ADMIN_EMAIL and CORDON_ADMIN_PASSWORD, or a
 * one-time link (its token stored hashed, older ones void). Does nothing once there is an account.
 */
export async function ensureFirstAdmin(): Promise<FirstRun> {
  if ((await countAccounts()) > 0) return { kind: 'accounts-exist' }
  const email = env('CORDON_ADMIN_EMAIL')
  const password = env('CORDON_ADMIN_PASSWORD')
  if (email !== undefined && password !== undefined) {
    await createAccount(systemActor('first start'), { email, name: email, role: 'admin', password })
    return { kind: 'created', email }
  }
  return { kind: 'set-up-link', url: `${baseUrl()}/setup?token=${await issueToken()}` }
}

async function issueToken(): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now().getTime() + TOKEN_HOURS * 3_600_000)
  await prisma().$transaction([
    prisma().setupToken.deleteMany({ where: { purpose: PURPOSE } }),
    prisma().setupToken.create({ data: { hash: hashSecret(token), purpose: PURPOSE, expiresAt } }),
  ])
  return token
}

/** Whether a set-up link would still work. */
export async function isSetupTokenValid(token: string): Promise<boolean> {
  const found = await prisma().setupToken.findFirst({ where: usable(token) })
  return found !== null && (await countAccounts()) === 0
}

/**
 * Uses the link up and makes the first administrator.
 * @throws ExpectedError 'invalid-input', or 'conflict' when the link was used, is too old or there is an account already
 */
export async function createFirstAdmin(token: string, submitted: z.input<typeof FirstAdmin>): Promise<void> {
  const account = checked(FirstAdmin, submitted)
  if ((await countAccounts()) > 0)
    throw new ExpectedError('conflict', 'There is an administrator already: sign in.')
  // before the link is used up
  await requireHardToGuess(account.password, [account.email, account.name])
  const { count } = await prisma().setupToken.updateMany({ where: usable(token), data: { usedAt: now() } })
  if (count === 0) {
    throw new ExpectedError('conflict', 'This link was used or is too old. Restart Cordon to get a new one.')
  }
  await createAccount(systemActor('set-up link'), { ...account, role: 'admin' })
}

function usable(token: string) {
  return { hash: hashSecret(token), purpose: PURPOSE, usedAt: null, expiresAt: { gt: now() } }
}
