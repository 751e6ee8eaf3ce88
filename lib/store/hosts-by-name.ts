import type { Scope } from '@/lib/pipeline/actor'
import { pool } from './pool'
import { inScope } from './scope'
import { rows, sql } from './sql'

export type NamedHosts = {
  /** Each host once, in order. */
  ids: number[]
  /** By name, lower-case. */
  byName: ReadonlyMap<string, number>
  unknown: string[]
}

/** Hosts in scope by any of their names; names that fit none are answered as unknown. */
export async function findHostsByName(scope: Scope, names: readonly string[]): Promise<NamedHosts> {
  const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))]
  if (wanted.length === 0) return { ids: [], byName: new Map(), unknown: [] }
  const found = await rows<{ host_id: number; alias: string }>(
    pool(),
    sql`SELECT a.host_id, a.alias FROM host_alias a WHERE a.alias = ANY(${wanted}::text[]) ${inScope(scope, sql`a.host_id`)}`,
  )
  const byName = new Map(found.map(({ alias, host_id }) => [alias, host_id]))
  return {
    ids: [...new Set(byName.values())].sort((a, b) => a - b),
    byName,
    unknown: wanted.filter((name) => !byName.has(name)),
  }
}
