import type { Scope } from '@/lib/pipeline/actor'
import { empty, type Sql, sql } from './sql'

/** `AND …` that keeps to the hosts the actor may see; `column` is the host id column. */
export function inScope(scope: Scope, column: Sql): Sql {
  if (scope.kind === 'all') return empty
  return sql`AND ${column} IN (SELECT host_id FROM host_group_member WHERE valid_to IS NULL AND group_id = ANY(${[...scope.groupIds]}::int[]))`
}
