import type { Scope } from '@/lib/pipeline/actor'
import { pool } from './pool'
import { inScope } from './scope'
import { rows, sql } from './sql'

/** Hosts in scope by any of their names; names that fit none are answered as unknown. */
export async function findHostsByName(
  scope: Scope,
  names: readonly string[],
): Promise<{ ids: number[]; unknown: string[] }> {
  const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))]
  if (wanted.length === 0) return { ids: [], unknown: [] }
  const found = await rows<{ host_id: number; alias: string }>(
    pool(),
    sql`SELECT a.host_id, a.alias FROM host_alias a WHERE a.alias = ANY(${wanted}::text[]) ${inScope(scope, sql`a.host_id`)}`,
  )
  const known = new Set(found.map(({ alias }) => alias))
  return {
    ids: [...new Set(found.map(({ host_id }) => host_id))].sort((a, b) => a - b),
    unknown: wanted.filter((name) => !known.has(name)),
  }
}
