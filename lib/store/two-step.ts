import { hashSecret } from './api-keys'
import { type PrismaTransaction, prisma } from './prisma'

/** Marks a time step as used; false when it, or a later one, was already: a code that somebody saw typed is worth nothing. */
export async function takeTotpStep(accountId: string, step: number): Promise<boolean> {
  const { count } = await prisma().account.updateMany({
    where: { id: accountId, OR: [{ totpStep: null }, { totpStep: { lt: step } }] },
    data: { totpStep: step },
  })
  return count === 1
}

/** Uses a recovery code up; false when there is no such code left. */
export async function takeRecoveryCode(accountId: string, code: string, now: Date): Promise<boolean> {
  const { count } = await prisma().recoveryCode.updateMany({
    where: { hash: hashSecret(`${accountId} ${code}`), accountId, usedAt: null },
    data: { usedAt: now },
  })
  return count === 1
}

/** Puts new recovery codes in place of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: PrismaTransaction,
  accountId: string,
  codes: readonly string[],
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } })
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ accountId, hash: hashSecret(`${accountId} ${code}`) })),
  })
}

/** Forgets an account's authenticator and recovery codes. */
export async function forgetTwoStep(tx: PrismaTransaction, accountId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } })
  await tx.account.updateMany({
    where: { id: accountId },
    data: { totpSecret: null, totpSince: null, totpStep: null },
  })
}
