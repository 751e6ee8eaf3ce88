import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { type AuditVerification, verifyChain } from '@/lib/store/audit'
import { prisma } from '@/lib/store/prisma'

/** Recomputes the audit log's hash chain from its first row. */
export async function verifyAudit(actor: Actor): Promise<AuditVerification> {
  requirePermission(actor, 'view-audit')
  return await verifyChain(prisma())
}
