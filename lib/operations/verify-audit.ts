import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { visible } from '@/lib/pipeline/visible-text'
import { type AuditVerification, verifyChain } from '@/lib/store/audit'
import { prisma } from '@/lib/store/prisma'

/** Recomputes the audit log's hash chain from its first row. `kept`: a last hash that was written down before, in hexadecimal. */
export async function verifyAudit(actor: Actor, kept: string | null = null): Promise<AuditVerification> {
  requirePermission(actor, 'view-audit')
  return await verifyChain(prisma(), kept)
}

/**
 * What is wrong with the log and where, a sentence each; none = it is whole. Whoever could change a row chose what it says: nothing of it takes a line
 * of its own, or commands a terminal that it is printed to.
 */
export function auditFaults(verification: AuditVerification): string[] {
  if (verification.intact) return []
  const { faults, missing, otherEnd, unknownHead } = verification
  return [
    ...faults.map(({ kind, entry, at, actor, action }) =>
      kind === 'changed'
        ? `Entry ${entry} was changed after it was written. It now says: ${said(at, actor, action)}.`
        : `Entry ${entry} (${said(at, actor, action)}) does not follow from the one before it: some before it are missing, or were replaced.`,
    ),
    ...(missing > 0n ? [`${missing} ${missing === 1n ? 'entry is' : 'entries are'} missing.`] : []),
    ...(otherEnd ? ['It does not end with the entry that was written last.'] : []),
    ...(unknownHead ? ['The hash that you kept is in no entry: the log is not the one that it was.'] : []),
  ]
}

const MAX_SAID = 300

function said(...parts: readonly string[]): string {
  return visible(parts.join(', ').slice(0, MAX_SAID).replaceAll('\t', ' '))
}
