import { randomBytes } from 'node:crypto'
import { now } from '@/lib/clock'
import { baseUrl } from '@/lib/env'
import { hashSecret } from '@/lib/store/api-keys'
import type { PrismaTransaction } from '@/lib/store/prisma'

/** A link that lets somebody choose a password, once. */
export type AccountLink = {
  url: string
  /** Microseconds since 1970. */
  expiresAt: number
}

type LinkKind = { purpose: string; minutes: number }
/** What an administrator hands out: for who is to come, and for who forgot. */
export const ACCOUNT_LINK: LinkKind = { purpose: 'password', minutes: 72 * 60 }
/** What anybody may have sent to an account's address. */
export const PERSONS_LINK: LinkKind = { purpose: 'forgotten', minutes: 30 }

export function newLink({ minutes }: LinkKind): { token: string; link: AccountLink } {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = now().getTime() + minutes * 60_000
  return { token, link: { url: `${baseUrl()}/password?token=${token}`, expiresAt: expiresAt * 1000 } }
}

/** Keeps a link, hashed, in place of earlier ones of its kind: what anybody may ask for replaces nothing of an administrator's. */
export async function putLink(
  tx: PrismaTransaction,
  accountId: string,
  { purpose }: LinkKind,
  { token, link }: ReturnType<typeof newLink>,
): Promise<void> {
  await tx.setupToken.deleteMany({ where: { accountId, purpose } })
  const expiresAt = new Date(link.expiresAt / 1000)
  await tx.setupToken.create({ data: { hash: hashSecret(token), purpose, accountId, expiresAt } })
}

/** Links that wait do nothing any more; of one kind, where it is named. */
export async function voidLinks(tx: PrismaTransaction, accountId: string, kind?: LinkKind): Promise<void> {
  await tx.setupToken.deleteMany({
    where: { accountId, usedAt: null, ...(kind && { purpose: kind.purpose }) },
  })
}
