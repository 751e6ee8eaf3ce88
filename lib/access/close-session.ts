import { now } from '@/lib/clock'
import { accountActor } from '@/lib/store/accounts'
import { appendAudit } from '@/lib/store/audit'
import { prisma } from '@/lib/store/prisma'

/** Ends a session that its person leaves, and has the audit log say so; nothing where it is over already. */
export async function closeSession(sessionId: string): Promise<void> {
  await prisma().$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: now() },
    })
    if (count === 0) return
    const { account } = await tx.session.findUniqueOrThrow({
      where: { id: sessionId },
      include: { account: { include: { hostGroups: true } } },
    })
    const subject = { action: 'session-ended', subjectKind: 'session', subjectId: sessionId }
    await appendAudit(tx, accountActor(account), subject, now())
  })
}
