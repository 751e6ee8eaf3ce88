import type { TriageState } from '@/lib/pipeline/deviation/triage'
import type { PlannedRuling, TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import type { StoredDeviation } from './deviations'
import { markingDirty, takingDaysAgain } from './hosts'
import { executeIn, type PrismaTransaction } from './prisma'
import { type Db, findRow, sql } from './sql'

type Change = { state?: TriageState; stateChangedAt?: Date; assigneeId?: string | null; note?: string | null }

/** Changes an item if it is still as it was read: false means that somebody else was faster. */
export async function changeDeviation(
  tx: PrismaTransaction,
  { id, version }: Pick<StoredDeviation, 'id' | 'version'>,
  change: Change,
): Promise<boolean> {
  const { count } = await tx.deviation.updateMany({
    where: { id: BigInt(id), version },
    data: { ...change, touched: true, version: { increment: 1 } },
  })
  return count === 1
}

/** Makes the rulings of a triage; answers their ids. */
export async function insertRulings(
  tx: PrismaTransaction,
  deviation: StoredDeviation,
  rulings: readonly PlannedRuling[],
  accountId: string,
): Promise<string[]> {
  const created = await tx.ruling.createManyAndReturn({
    data: rulings.map(({ parent, identity, modules, scope, effect, from, until }) => ({
      entryId: deviation.entryId,
      pattern: deviation.title,
      parent,
      identity,
      ...(modules !== null && { modules }),
      scope,
      effect,
      validFrom: toDate(from),
      validTo: until === null ? null : toDate(until),
      deviationId: BigInt(deviation.id),
      accountId,
    })),
    select: { id: true },
  })
  return created.map(({ id }) => String(id))
}

/** A day as Prisma takes one. */
function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

export type RulingInForce = { id: string; scope: TriageScope; from: string }

/** Rulings of an item that are not revoked, or those of `ids`, whether or not they are. */
export async function listRulings(
  tx: PrismaTransaction,
  deviationId: string,
  ids: readonly string[] | null = null,
): Promise<RulingInForce[]> {
  const found = await tx.ruling.findMany({
    where: {
      deviationId: BigInt(deviationId),
      ...(ids === null ? { revokedAt: null } : { id: { in: ids.map(BigInt) } }),
    },
    select: { id: true, scope: true, validFrom: true },
    orderBy: { id: 'asc' },
  })
  return found.map(({ id, scope, validFrom }) => ({
    id: String(id),
    // the column is only written from PlannedRuling
    scope: scope as TriageScope,
    from: validFrom.toISOString().slice(0, 10),
  }))
}

/** Takes rulings back, or (null) puts them in force again. */
export async function setRevoked(
  tx: PrismaTransaction,
  ids: readonly string[],
  revokedAt: Date | null,
): Promise<void> {
  if (ids.length === 0) return
  await tx.ruling.updateMany({ where: { id: { in: ids.map(BigInt) } }, data: { revokedAt } })
}

/**
 * Queues hosts for re-computation after rulings changed. Hosts whose turn is just being computed may have read the rulings
 * before, so they take their day again.
 */
export async function queueAfterRulings(
  tx: PrismaTransaction,
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  if (hostIds.length > 0) await executeIn(tx, markingDirty(hostIds, day))
  await executeIn(tx, takingDaysAgain)
}

/** What the last triage of an item did, as its audit entry says; null = it was never triaged, or the last was undone. */
export async function findLastTriage(
  tx: PrismaTransaction,
  deviationId: string,
): Promise<{ from: string; created: string[]; revoked: string[] } | null> {
  const entry = await tx.auditEntry.findFirst({
    where: {
      subjectKind: 'deviation',
      subjectId: deviationId,
      action: { in: [TRIAGED, TRIAGE_UNDONE] },
    },
    orderBy: { id: 'desc' },
    select: { action: true, detail: true },
  })
  if (entry?.action !== TRIAGED) return null
  // written by triageDeviation alone
  const { from, created, revoked } = entry.detail as { from: string; created: string[]; revoked: string[] }
  return { from, created, revoked }
}

/** The last thing that somebody did to an item. `to`: the state or the person that it went to. */
export async function findLastChange(
  db: Db,
  deviationId: string,
): Promise<{ actor: string; action: string; to: string | null } | null> {
  return await findRow(
    db,
    sql`SELECT actor_name AS actor, action, coalesce(detail->>'to', detail->>'assignee') AS to FROM audit_entry
        WHERE subject_kind = 'deviation' AND subject_id = ${deviationId} ORDER BY id DESC LIMIT 1`,
  )
}

/** Audit actions of an item's state. */
export const TRIAGED = 'deviation-triaged'
export const TRIAGE_UNDONE = 'deviation-triage-undone'
