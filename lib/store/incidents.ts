import { scopeNow, takesIn } from '@/lib/pipeline/decision/scope'
import type { IncidentEffect } from '@/lib/pipeline/deviation/incident'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { loadHostNow } from './host-identity'
import { FROM_THAT_DAY } from './host-work'
import { takingDaysAgain } from './hosts'
import { executeIn, type PrismaTransaction } from './prisma'
import { type Db, empty, findRow, rows, type Sql, sql } from './sql'

/** Judges a host's day during an incident. */
export type IncidentDay = {
  id: number
  /** Whose baseline judges it; null = the fleet's. */
  groupId: number | null
}

/** The incident that a host is in on a day; null = none. Of several, the one declared first decides. */
export async function loadIncidentsOn(
  db: Db,
  day: string,
): Promise<(hostId: number, groupId: number) => IncidentDay | null> {
  const found = await rows<{ id: number; scope: TriageScope; group_id: number | null }>(
    db,
    sql`SELECT id, scope, group_id FROM incident WHERE withdrawn_at IS NULL
          AND from_day <= ${day}::date AND (to_day IS NULL OR to_day >= ${day}::date) ORDER BY id`,
  )
  const hostNow = await loadHostNow(db)
  const incidents = found.map((row) => ({ ...row, scope: scopeNow(row.scope, hostNow) }))
  return (hostId, groupId) => {
    const held = incidents.find(({ scope }) => takesIn(scope, { hostId, groupId }))
    return held === undefined ? null : { id: held.id, groupId: held.group_id }
  }
}

/** Ids of the hosts that a scope takes in, of groups those that belonged to one on or after a day: a query to select from. */
export function hostsIn(scope: TriageScope, day: string): Sql {
  switch (scope.kind) {
    case 'fleet':
      return sql`SELECT id AS host_id FROM host`
    case 'hosts':
      return sql`SELECT DISTINCT coalesce(merged_into, id) AS host_id FROM host WHERE id = ANY(${scope.ids}::int[])`
    case 'groups':
      return sql`SELECT DISTINCT host_id FROM host_group_member WHERE group_id = ANY(${scope.ids}::int[])
        AND (valid_to IS NULL OR valid_to > ${day}::date)`
  }
}

/**
 * Queues what an incident changes: the days of its hosts from a day on. Hosts whose turn is just being computed may have read the incidents
 * before, so they take their day again. Answers the hosts.
 */
export async function queueIncident(tx: PrismaTransaction, scope: TriageScope, day: string): Promise<number> {
  const hosts = await executeIn(
    tx,
    sql`INSERT INTO host_work (host_id, dirty_from, revision)
    SELECT u.host_id, min(u.day), 1 FROM usage u JOIN (${hostsIn(scope, day)}) h ON h.host_id = u.host_id
    WHERE u.day >= ${day}::date GROUP BY u.host_id ORDER BY u.host_id
    ${FROM_THAT_DAY}`,
  )
  await executeIn(tx, takingDaysAgain)
  await tx.$executeRaw`NOTIFY cordon_work`
  return hosts
}

/** Measures what is on record of a window; `to` included, null = to the end. */
export async function measureIncident(
  db: Db,
  scope: TriageScope,
  { from, to }: { from: string; to: string | null },
): Promise<IncidentEffect> {
  const member =
    scope.kind === 'groups'
      ? sql`AND EXISTS (SELECT FROM host_group_member m WHERE m.host_id = u.host_id AND m.group_id = ANY(${scope.ids}::int[])
          AND m.valid_from <= u.day AND (m.valid_to IS NULL OR m.valid_to > u.day))`
      : sql`AND u.host_id IN (${hostsIn(scope, from)})`
  const found = await findRow<{ hosts: string; host_days: string; executions: string; trusted: string }>(
    db,
    sql`SELECT count(DISTINCT u.host_id) AS hosts, count(DISTINCT (u.host_id, u.day)) AS host_days,
          coalesce(sum(u.executions), 0) AS executions, coalesce(sum(u.executions) FILTER (WHERE u.trusted), 0) AS trusted
        FROM usage u WHERE u.day >= ${from}::date ${to === null ? empty : sql`AND u.day <= ${to}::date`} ${member}`,
  )
  return {
    hosts: Number(found?.hosts ?? 0),
    hostDays: Number(found?.host_days ?? 0),
    executions: Number(found?.executions ?? 0),
    trustedExecutions: Number(found?.trusted ?? 0),
  }
}
