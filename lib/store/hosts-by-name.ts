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

/** Hosts in scope by any of their names, or by one without its domain where that is one host's alone; names that fit none are answered as unknown. */
export async function findHostsByName(scope: Scope, names: readonly string[]): Promise<NamedHosts> {
  const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))]
  if (wanted.length === 0) return { ids: [], byName: new Map(), unknown: [] }
  const found = await rows<{ host_id: number; alias: string }>(
    pool(),
    sql`SELECT a.host_id, a.alias FROM host_alias a WHERE a.alias = ANY(${wanted}::text[]) ${inScope(scope, sql`a.host_id`)}`,
  )
  const byName = new Map(found.map(({ alias, host_id }) => [alias, host_id]))
  const short = wanted.filter((name) => !byName.has(name) && !name.includes('.'))
  for (const [name, hostId] of await findByLabel(scope, short)) byName.set(name, hostId)
  return {
    ids: [...new Set(byName.values())].sort((a, b) => a - b),
    byName,
    unknown: wanted.filter((name) => !byName.has(name)),
  }
}

/** Hosts by the first label of their names; of a label that several have none. */
async function findByLabel(scope: Scope, labels: readonly string[]): Promise<Map<string, number>> {
  if (labels.length === 0) return new Map()
  const found = await rows<{ label: string; host_id: number }>(
    pool(),
    sql`SELECT split_part(a.alias, '.', 1) AS label, min(a.host_id) AS host_id FROM host_alias a
        WHERE split_part(a.alias, '.', 1) = ANY(${[...labels]}::text[]) ${inScope(scope, sql`a.host_id`)}
        GROUP BY 1 HAVING min(a.host_id) = max(a.host_id)`,
  )
  return new Map(found.map(({ label, host_id }) => [label, host_id]))
}
