import { z } from 'zod'
import { requireHardToGuess } from '@/lib/access/guessable-password'
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/access/password'
import { ExpectedError } from '@/lib/errors'
import { type Actor, ROLES } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

export const Password = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `A password has at least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(MAX_PASSWORD_LENGTH, `A password has at most ${MAX_PASSWORD_LENGTH} characters.`)

export const NewAccount = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('Give an e-mail address like name@example.org.').max(320)),
  name: z.string().trim().min(1, 'Give the person’s name.').max(200),
  role: z.enum(ROLES, 'Choose a role.'),
  password: Password,
})
export type NewAccount = z.input<typeof NewAccount>

/**
 * Adds an account; answers its id.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the e-mail address has an account
 */
export async function createAccount(actor: Actor, submitted: NewAccount): Promise<string> {
  requirePermission(actor, 'manage-accounts')
  const account = checked(NewAccount, submitted)
  await requireHardToGuess(account.password, [account.email, account.name])
  const passwordHash = await hashPassword(account.password)
  return await audited(
    actor,
    (id) => ({
      action: 'account-created',
      subjectKind: 'account',
      subjectId: id,
      detail: { email: account.email, name: account.name, role: account.role },
    }),
    (tx) => insertAccount(tx, { ...account, passwordHash }),
  )
}

/** Adds the row; answers its id. @throws ExpectedError 'conflict' when the e-mail address has an account */
export async function insertAccount(
  tx: PrismaTransaction,
  account: { email: string; name: string; role: string; passwordHash: string | null },
): Promise<string> {
  const { email, name, role, passwordHash } = account
  const inserted = await tx.account.createMany({
    data: [{ email, name, role, passwordHash }],
    skipDuplicates: true,
  })
  if (inserted.count === 0) throw new ExpectedError('conflict', `${email} already has an account.`)
  const { id } = await tx.account.findUniqueOrThrow({ where: { email }, select: { id: true } })
  return id
}
