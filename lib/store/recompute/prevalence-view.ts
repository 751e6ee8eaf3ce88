import { ANY_TOOL, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import type { PrevalenceView, Spread } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile, EMPTY_PROFILE, type Profile } from '@/lib/pipeline/baseline/profile'
import { type Db, rows, sql } from '@/lib/store/sql'

/** Scope of the whole fleet; groups have their own ids. */
export const FLEET_SCOPE = 0
/** Entry id under which the `tool` feature's counts are kept. */
export const ANY_TOOL_ENTRY = 0

/** Catalogue ids by slug, ANY_TOOL included. */
export type EntryIds = ReadonlyMap<string, number>

/** What groups and the fleet knew before a day, for some binaries: one view a scope. */
export async function loadPrevalence(
  db: Db,
  scopeIds: readonly number[],
  entryIds: EntryIds,
  day: string,
): Promise<(scopeId: number) => PrevalenceView> {
  const ids = [...new Set([...entryIds.values(), ANY_TOOL_ENTRY])]
  const [counts, spreads] = await Promise.all([loadCounts(db, scopeIds, ids, day), loadSpreads(db, ids, day)])
  return (scopeId) => ({
    profile: (slug, feature) => counts(scopeId, entryIdOf(entryIds, slug), feature),
    spread: (slug, pattern) => spreads.get(`${entryIdOf(entryIds, slug)} ${pattern}`) ?? null,
  })
}

function entryIdOf(entryIds: EntryIds, slug: string): number {
  return slug === ANY_TOOL ? ANY_TOOL_ENTRY : (entryIds.get(slug) ?? -1)
}

async function loadCounts(db: Db, scopeIds: readonly number[], entryIds: readonly number[], day: string) {
  const found = await rows<{
    scope_id: number
    entry_id: number
    feature: number
    value: string
    hosts: string
  }>(
    db,
    sql`SELECT p.scope_id, p.entry_id, p.feature, v.value, sum(p.hosts) AS hosts
        FROM prevalence p JOIN feature_value v ON v.id = p.value_id
        WHERE p.scope_id = ANY(${[...scopeIds]}::int[]) AND p.entry_id = ANY(${[...entryIds]}::int[]) AND p.day < ${day}::date
        GROUP BY p.scope_id, p.entry_id, p.feature, v.value HAVING sum(p.hosts) > 0`,
  )
  const counts = new Map<string, Map<string, number>>()
  for (const row of found) {
    const key = `${row.scope_id} ${row.entry_id} ${row.feature}`
    const values = counts.get(key) ?? new Map<string, number>()
    counts.set(key, values.set(row.value, Number(row.hosts)))
  }
  const profiles = new Map<string, Profile>()
  return (scopeId: number, entryId: number, feature: Feature): Profile => {
    const key = `${scopeId} ${entryId} ${FEATURES.indexOf(feature)}`
    const known = profiles.get(key)
    if (known) return known
    const values = counts.get(key)
    const built = values ? buildProfile(values) : EMPTY_PROFILE
    profiles.set(key, built)
    return built
  }
}

async function loadSpreads(db: Db, entryIds: readonly number[], day: string): Promise<Map<string, Spread>> {
  const found = await rows<{
    entry_id: number
    value: string
    hosts: string
    days: string
    first_day: number
  }>(
    db,
    sql`SELECT d.entry_id, v.value, count(DISTINCT d.host_id) AS hosts, count(DISTINCT d.day) AS days,
          min(d.day) - '1970-01-01'::date AS first_day
        FROM pattern_day d JOIN feature_value v ON v.id = d.value_id
        WHERE d.entry_id = ANY(${[...entryIds]}::int[]) AND d.day < ${day}::date
        GROUP BY d.entry_id, v.value`,
  )
  return new Map(
    found.map((row) => [
      `${row.entry_id} ${row.value}`,
      { hosts: Number(row.hosts), days: Number(row.days), firstDay: row.first_day },
    ]),
  )
}
