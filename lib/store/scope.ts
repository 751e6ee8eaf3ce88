import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { empty, type Sql, sql } from './sql'

/** The hosts that an actor may see, or some hosts by id. */
export type HostScope = Scope | { kind: 'hosts'; hostIds: readonly number[] }

/** `AND …` that keeps to the hosts of a scope; `column` is the host id column. */
export function inScope(scope: HostScope, column: Sql): Sql {
  switch (scope.kind) {
    case 'all':
      return empty
    case 'groups':
      return sql`AND ${column} IN (SELECT host_id FROM host_group_member WHERE valid_to IS NULL AND group_id = ANY(${[...scope.groupIds]}::int[]))`
    case 'hosts':
      return sql`AND ${column} IN (SELECT coalesce(merged_into, id) FROM host WHERE id = ANY(${[...scope.hostIds]}::int[]))`
  }
}

/** The same for rows of `use_day`, which counts by the group that a host is in now; `column` is the group id column. */
export function inGroups(scope: Scope, column: Sql): Sql {
  return scope.kind === 'all' ? empty : sql`AND ${column} = ANY(${[...scope.groupIds]}::int[])`
}

/** The ids of the hosts that are in one of these groups now; groups by their names. */
export function hostsOfGroups(names: readonly string[]): Sql {
  return sql`SELECT m.host_id FROM host_group_member m JOIN host_group g ON g.id = m.group_id
    WHERE m.valid_to IS NULL AND g.name = ANY(${[...names]}::text[])`
}

/** Names of the groups or hosts that a stored scope speaks of, as an array; a merged host has the name of the one it was merged into. null = the fleet, or all are gone. */
export function namesOfScope(scope: Sql): Sql {
  return sql`CASE ${scope}->>'kind'
    WHEN 'groups' THEN (SELECT array_agg(name ORDER BY name) FROM host_group WHERE to_jsonb(id) <@ (${scope}->'ids'))
    WHEN 'hosts' THEN (SELECT array_agg(DISTINCT h.name ORDER BY h.name) FROM jsonb_array_elements_text(${scope}->'ids') i
      JOIN host k ON k.id = i::int JOIN host h ON h.id = coalesce(k.merged_into, k.id)) END`
}

/** Whether a stored scope of hosts has a host; what was said of a merged host is said of the one it was merged into. */
export function hasHost(scope: Sql, hostId: Sql): Sql {
  return sql`(${scope}->'ids' @> to_jsonb(${hostId})
    OR EXISTS (SELECT FROM host k WHERE k.merged_into = ${hostId} AND ${scope}->'ids' @> to_jsonb(k.id)))`
}

/** The hosts that a decision speaks of; what was said of a merged host is said of the one it was merged into. */
export function hostsOf(scope: DecisionScope): HostScope {
  switch (scope.kind) {
    case 'fleet':
      return { kind: 'all' }
    case 'groups':
      return { kind: 'groups', groupIds: scope.ids }
    case 'hosts':
      return { kind: 'hosts', hostIds: scope.ids }
  }
}
