import type { Scope } from '@/lib/pipeline/actor'
import { seesAll } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { hasHost, inScope, namesOfScope } from '@/lib/store/scope'
import { findRow, type Sql, sql } from '@/lib/store/sql'

/** The host that an id `i` of a scope means today, whose row of `host` is `k`. */
const HOST_TODAY = sql`coalesce(k.merged_into, i::int)`

/** Whether somebody sees every host that the decision `d` speaks of. */
export function visibleTo(scope: Scope): Sql {
  return seesPlaces(scope, sql`d.scope`)
}

/** The same, and every host that it was proposed for: what people wrote until an approval narrowed it may be about those. */
export function visibleAsProposed(scope: Scope): Sql {
  return seesPlaces(scope, sql`coalesce(d.proposed_scope, d.scope)`)
}

function seesPlaces(scope: Scope, places: Sql): Sql {
  if (scope.kind === 'all') return sql`true`
  return sql`CASE ${places}->>'kind' WHEN 'groups' THEN ${places}->'ids' <@ to_jsonb(${[...scope.groupIds]}::int[])
    WHEN 'hosts' THEN NOT EXISTS (SELECT FROM jsonb_array_elements_text(${places}->'ids') i LEFT JOIN host k ON k.id = i::int
      WHERE NOT (true ${inScope(scope, HOST_TODAY)}))
    ELSE false END`
}

/** Whether what people wrote of decision `d` is for somebody: of the whole fleet it is for everybody, else it may name hosts out of sight. */
export function toldTo(scope: Scope): Sql {
  return sql`(d.scope->>'kind' = 'fleet' OR ${visibleAsProposed(scope)} OR d.proposed_scope->>'kind' = 'fleet' AND ${visibleTo(scope)})`
}

/** Names of the groups or hosts that decision `d` speaks of; those of hosts are for who sees them all. */
export const NAMES_OF_SCOPE = namesOfScope(sql`d.scope`)

/** The same of where it was proposed for, if an approval narrowed that. */
export const NAMES_AS_PROPOSED = namesOfScope(sql`d.proposed_scope`)

/** Whether an account sees every host that the decision `d` speaks of; `account`: what the query calls its row. */
export function visibleToAccount(account: Sql): Sql {
  const groups = sql`SELECT own.group_id FROM account_host_group own WHERE own.account_id = ${account}.id`
  return sql`(${seesAll(account)} OR CASE d.scope->>'kind'
    WHEN 'groups' THEN d.scope->'ids' <@ (SELECT jsonb_agg(group_id) FROM (${groups}) own)
    WHEN 'hosts' THEN NOT EXISTS (
      SELECT FROM jsonb_array_elements_text(d.scope->'ids') i LEFT JOIN host k ON k.id = i::int WHERE NOT EXISTS (
        SELECT FROM host_group_member m WHERE m.host_id = ${HOST_TODAY} AND m.valid_to IS NULL AND m.group_id IN (${groups})))
    ELSE false END)`
}

/** Whether decision `d` speaks of the host with this id; what was said of a merged host is said of the one it was merged into. */
export function speaksOf(hostId: Sql): Sql {
  return sql`CASE d.scope->>'kind' WHEN 'fleet' THEN true
    WHEN 'groups' THEN EXISTS (SELECT FROM host_group_member m
      WHERE m.host_id = ${hostId} AND m.valid_to IS NULL AND d.scope->'ids' @> to_jsonb(m.group_id))
    ELSE ${hasHost(sql`d.scope`, hostId)} END`
}

/** Whether a decision speaks of more than half of all hosts: then it concerns the fleet, however it names them. */
export async function concernsFleet(id: number): Promise<boolean> {
  const found = await findRow<{ most: boolean }>(
    pool(),
    sql`SELECT d.scope->>'kind' = 'fleet' OR (SELECT count(*) FILTER (WHERE ${speaksOf(sql`h.id`)}) * 2 > count(*)
        FROM host h WHERE h.merged_into IS NULL) AS most FROM decision d WHERE d.id = ${id}`,
  )
  return found?.most ?? false
}
