import { loadAccessPolicy } from '@/lib/store/access-policy'
import { accountActor } from '@/lib/store/accounts'
import { appendAudit } from '@/lib/store/audit'
import { prisma } from '@/lib/store/prisma'
import { createSession, type SignInMethod } from '@/lib/store/sessions'
import { networkOf } from './client-address'

/** Where a request to sign in came from. */
export type SignInFrom = { address: string; userAgent: string | null }

/** Opens a session for whoever proved who they are, and has the audit log say so; answers its id. */
export async function openSession(
  accountId: string,
  { address, userAgent }: SignInFrom,
  proof: { method: SignInMethod; provedAt?: Date },
  at: Date,
): Promise<string> {
  const { sessionHours } = await loadAccessPolicy()
  return await prisma().$transaction(async (tx) => {
    const sessionId = await createSession(tx, accountId, { userAgent, ...proof, hours: sessionHours }, at)
    const account = await tx.account.findUniqueOrThrow({
      where: { id: accountId },
      include: { hostGroups: true },
    })
    const detail = { name: account.name, method: proof.method, address: networkOf(address) }
    const subject = { action: 'signed-in', subjectKind: 'account', subjectId: accountId, detail }
    await appendAudit(tx, accountActor(account), subject, at)
    return sessionId
  })
}
