import { accountActor } from './accounts'
import { hashSecret } from './api-keys'
import { appendAudit } from './audit'
import { type PrismaTransaction, prisma } from './prisma'

/** Marks a time step as used; false when it, or a later one, was already: a code that somebody saw typed is worth nothing. */
export async function takeTotpStep(accountId: string, step: number): Promise<boolean> {
  const { count } = await prisma().account.updateMany({
    where: { id: accountId, OR: [{ totpStep: null }, { totpStep: { lt: step } }] },
    data: { totpStep: step },
  })
  return count === 1
}

/** Uses a recovery code up, which the audit log says; false when there is no such code left. */
export async function takeRecoveryCode(accountId: string, code: string, now: Date): Promise<boolean> {
  return await prisma().$transaction(async (tx) => {
    const { count } = await tx.recoveryCode.updateMany({
      where: { hash: hashSecret(`${accountId} ${code}`), accountId, usedAt: null },
      data: { usedAt: now },
    })
    if (count === 0) return false
    const account = await tx.account.findUniqueOrThrow({
      where: { id: accountId },
      include: { hostGroups: true },
    })
    const left = await tx.recoveryCode.count({ where: { accountId, usedAt: null } })
    const subject = { action: 'own-recovery-code-used', subjectKind: 'account', subjectId: accountId }
    await appendAudit(tx, accountActor(account), { ...subject, detail: { name: account.name, left } }, now)
    return true
  })
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
