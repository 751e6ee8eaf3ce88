import { ANY_TOOL, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import { COUNTED_SPREAD, type PrevalenceView, type Spread } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile, EMPTY_PROFILE, type Profile } from '@/lib/pipeline/baseline/profile'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { patternId } from '@/lib/store/signatures'
import { type Db, rows, type Sql, sql } from '@/lib/store/sql'

/** Scope of the whole fleet; groups have their own ids. */
export const FLEET_SCOPE = 0
/** Entry id under which the `tool` feature's counts are kept. */
export const ANY_TOOL_ENTRY = 0

/** Catalogue ids by slug, ANY_TOOL included. */
export type EntryIds = ReadonlyMap<string, number>

type Asked = {
  scopeIds: readonly number[]
  entryIds: EntryIds
  /** Whose patterns' spread is asked for. */
  signatures: Iterable<Pick<Signature, 'slug' | 'pattern'>>
  /** 'YYYY-MM-DD' */
  day: string
}

/** What groups and the fleet knew before a day, for some binaries and patterns: one view a scope. */
export async function loadPrevalence(
  db: Db,
  { scopeIds, entryIds, signatures, day }: Asked,
): Promise<(scopeId: number) => PrevalenceView> {
  const ids = [...new Set([...entryIds.values(), ANY_TOOL_ENTRY])]
  const patterns = new Set<string>()
  for (const signature of signatures) {
    const id = patternId(signature)
    if (id !== null) patterns.add(id)
  }
  const [counts, spreads] = await Promise.all([
    loadCounts(db, scopeIds, ids, day),
    loadSpreads(db, [...patterns], day),
  ])
  const spreadOf = new Map([...patterns].map((id, at) => [id, spreads[at] ?? null]))
  return (scopeId) => ({
    profile: (slug, feature) => counts(scopeId, entryIdOf(entryIds, slug), feature),
    spread: (slug, pattern) => spreadOf.get(patternId({ slug, pattern }) ?? '') ?? null,
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

/**
 * Where each pattern was observed before a day, null = nowhere: counted as far as COUNTED_SPREAD, by a step into the index of each of its signatures' days for
 * each of its first days and hosts. A pattern of all hosts takes no longer than that of one, and the days before do not count up.
 */
export async function loadSpreads(
  db: Db,
  patternIds: readonly string[],
  day: string,
): Promise<(Spread | null)[]> {
  const first = (among: Sql) => sql`FROM signature s CROSS JOIN LATERAL (
      SELECT u.day, u.host_id FROM usage u WHERE u.signature_id = s.id AND u.observed AND u.day < ${day}::date AND ${among} ORDER BY u.day LIMIT 1) f
    WHERE s.pattern_id = a.pattern_id`
  const found = await rows<{ at: number; hosts: number; days: number; first_day: number }>(
    db,
    sql`SELECT a.at::int - 1 AS at, h.hosts, s.days::int AS days, s.first_day - '1970-01-01'::date AS first_day
        FROM unnest(${[...patternIds]}::bigint[]) WITH ORDINALITY AS a(pattern_id, at)
        CROSS JOIN LATERAL (
          WITH RECURSIVE known AS (
            SELECT (SELECT min(f.day) ${first(sql`true`)}) AS day, 1 AS days
            UNION ALL SELECT (SELECT min(f.day) ${first(sql`u.day > known.day`)}), days + 1 FROM known
              WHERE day IS NOT NULL AND days < ${COUNTED_SPREAD.days})
          SELECT count(day) AS days, min(day) AS first_day FROM known) s
        CROSS JOIN LATERAL (
          WITH RECURSIVE known AS (
            SELECT ARRAY[]::int[] AS hosts
            UNION ALL SELECT known.hosts || other.host_id FROM known
              CROSS JOIN LATERAL (SELECT f.host_id ${first(sql`u.host_id <> ALL (known.hosts)`)} LIMIT 1) other
              WHERE cardinality(known.hosts) < ${COUNTED_SPREAD.hosts})
          SELECT max(cardinality(hosts)) AS hosts FROM known) h
        WHERE s.days > 0`,
  )
  const spreads: (Spread | null)[] = patternIds.map(() => null)
  for (const { at, hosts, days, first_day: firstDay } of found) spreads[at] = { hosts, days, firstDay }
  return spreads
}
