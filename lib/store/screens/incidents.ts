import type { Scope } from '@/lib/pipeline/actor'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { seesAllOfRuling } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { hasHost, inScope, namesOfScope } from '@/lib/store/scope'
import { rows, type Sql, sql } from '@/lib/store/sql'

/** A window in which some hosts were not in their owner's hands. Days are 'YYYY-MM-DD'. */
export type IncidentRow = {
  id: number
  name: string
  /** null too where the reader may not see all of its hosts. */
  note: string | null
  /** Names of hosts or groups; null = the reader may not see all of them. */
  where: string[] | null
  from: string
  /** The last day, included; null = it goes on. */
  to: string | null
  /** The group whose baseline judges it; null = the fleet's. */
  comparedWith: string | null
  declaredBy: string | null
  /** Microseconds since 1970. */
  at: number
  withdrawn: boolean
  version: number
}

type Row = Omit<IncidentRow, 'where'> & { scope: TriageScope; names: string[] | null }

const FIELDS = sql`i.id, i.name, i.note, i.scope, i.from_day AS from, i.to_day AS to, g.name AS "comparedWith", a.name AS "declaredBy",
  i.created_at AS at, i.withdrawn_at IS NOT NULL AS withdrawn, i.version, ${namesOfScope(sql`i.scope`)} AS names`
const NAMED = sql`LEFT JOIN host_group g ON g.id = i.group_id LEFT JOIN account a ON a.id = i.account_id`
const LISTED = 500

/** Incidents, the newest first; those of hosts that the reader may not see say so. */
export async function listIncidents(scope: Scope): Promise<IncidentRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT ${FIELDS} FROM incident i ${NAMED} ORDER BY i.withdrawn_at IS NOT NULL, i.from_day DESC, i.id DESC LIMIT ${LISTED}`,
  )
  return await toRows(scope, found)
}

async function toRows(scope: Scope, found: readonly Row[]): Promise<IncidentRow[]> {
  return await Promise.all(
    found.map(async ({ scope: held, names, note, ...rest }) => {
      const visible = await seesAllOfRuling(pool(), scope, held)
      // what was written of hosts out of sight may name them
      return { ...rest, note: visible ? note : null, where: visible ? (names ?? ['the whole fleet']) : null }
    }),
  )
}

/** Whether an incident `i` takes in a host on a day. */
function takesIn(host: Sql, day: Sql): Sql {
  return sql`(i.withdrawn_at IS NULL AND i.from_day <= ${day} AND (i.to_day IS NULL OR i.to_day >= ${day}) AND CASE i.scope->>'kind'
    WHEN 'fleet' THEN true
    WHEN 'hosts' THEN ${hasHost(sql`i.scope`, host)}
    ELSE EXISTS (SELECT FROM host_group_member m WHERE m.host_id = ${host} AND i.scope->'ids' @> to_jsonb(m.group_id)
      AND m.valid_from <= ${day} AND (m.valid_to IS NULL OR m.valid_to > ${day})) END)`
}

/** Incidents that a host was in on any of its days with data. */
export async function listIncidentsOfHost(scope: Scope, hostId: number): Promise<IncidentRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT ${FIELDS} FROM incident i ${NAMED} WHERE EXISTS (
          SELECT FROM coverage c WHERE c.host_id = ${hostId} AND ${takesIn(sql`c.host_id`, sql`c.day`)}) ORDER BY i.from_day DESC, i.id`,
  )
  return await toRows(scope, found)
}

/** Incidents in which an item was seen, on hosts in scope. */
export async function listIncidentsOfDeviation(scope: Scope, deviationId: string): Promise<IncidentRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT ${FIELDS} FROM incident i ${NAMED} WHERE EXISTS (
          SELECT FROM deviation_hit d WHERE d.deviation_id = ${deviationId}::bigint AND ${takesIn(sql`d.host_id`, sql`d.day`)}
          ${inScope(scope, sql`d.host_id`)}) ORDER BY i.from_day DESC, i.id`,
  )
  return await toRows(scope, found)
}

/** Incidents that go on, or reach the newest day of data: what the lists of hosts and deviations warn of. */
export async function listOngoingIncidents(scope: Scope): Promise<IncidentRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT ${FIELDS} FROM incident i ${NAMED} WHERE i.withdrawn_at IS NULL
          AND (i.to_day IS NULL OR i.to_day >= (SELECT max(day) FROM coverage)) ORDER BY i.from_day DESC, i.id`,
  )
  return await toRows(scope, found)
}
