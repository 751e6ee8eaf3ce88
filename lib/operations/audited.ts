import { now } from '@/lib/clock'
import type { Actor } from '@/lib/pipeline/actor'
import { type AuditSubject, appendAudit } from '@/lib/store/audit'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'

/** Long enough for a bulk change on a busy machine. */
const LIMITS = { timeout: 60_000, maxWait: 10_000 }

/**
 * Runs `work` and appends its audit row in one transaction: both happen or neither.
 * `subject` may depend on the result, where work creates what it is about.
 * @throws whatever `work` throws, after rolling back
 */
export async function audited<T>(
  actor: Actor,
  subject: AuditSubject | ((result: T) => AuditSubject),
  work: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> {
  return await auditedAll(actor, async (tx) => {
    const result = await work(tx)
    return { result, subjects: [typeof subject === 'function' ? subject(result) : subject] }
  })
}

/**
 * The same for work that changes several things, each with a row of its own. The rows come last: whoever holds the end of the log waits for nobody.
 * @throws whatever `work` throws, after rolling back
 */
export async function auditedAll<T>(
  actor: Actor,
  work: (tx: PrismaTransaction) => Promise<{ result: T; subjects: readonly AuditSubject[] }>,
): Promise<T> {
  return await prisma().$transaction(async (tx) => {
    const { result, subjects } = await work(tx)
    for (const subject of subjects) await appendAudit(tx, actor, subject, now())
    return result
  }, LIMITS)
}
