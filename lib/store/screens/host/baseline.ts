import type { Scope } from '@/lib/pipeline/actor'
import { FEATURES } from '@/lib/pipeline/baseline/features'
import { hostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import { addDays } from '@/lib/pipeline/days'
import { pool } from '@/lib/store/pool'
import { loadHistory } from '@/lib/store/recompute/history'
import { FLEET_SCOPE } from '@/lib/store/recompute/prevalence-view'
import { inScope } from '@/lib/store/scope'
import { loadScoreSettings } from '@/lib/store/settings'
import { loadSignatures } from '@/lib/store/signatures'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'

/** A parent and a command pattern of one binary on one host, beside its group and the fleet. */
export type BaselineUse = {
  id: string
  /** null = not reported. */
  pattern: string | null
  patternId: string | null
  parent: string | null
  users: string[]
  firstAt: number
  lastAt: number
  days: number
  hours: number
  executions: number
  highestScoreMillibits: number
  /** Executions whose pattern the baseline learned from. */
  trusted: boolean
  /** Hosts whose baselines hold the pattern; null where there is no pattern or no group. */
  groupHosts: number | null
  fleetHosts: number | null
}

export type BinaryBaseline = {
  slug: string
  name: string
  executions: number
  /** 0 = nothing known of this binary here, towards 1 = mature. */
  maturity: number
  uses: BaselineUse[]
}

type Row = {
  slug: string
  name: string
  signature: string
  pattern: string | null
  pattern_id: string | null
  parent: string | null
  users: string[] | null
  first_at: number
  last_at: number
  days: string
  hours: number
  executions: string
  score: number
  trusted: boolean
  group_hosts: string | null
  fleet_hosts: string | null
}

/** Rows a page lists over all binaries of a host. */
const MAX_USES = 2000
const PATTERN_FEATURE = FEATURES.indexOf('pattern')

/**
 * What a host does with each of its binaries in the window, the busiest binary first. Group and fleet are counts of the hosts whose
 * baselines hold the pattern: they name no host, and are what scores are computed with, so scope does not narrow them.
 */
export async function loadHostBaseline(
  scope: Scope,
  host: { id: number; groupId: number | null },
  window: DataWindow,
): Promise<BinaryBaseline[]> {
  const [found, maturity] = await Promise.all([
    rows<Row>(
      pool(),
      sql`WITH used AS (
            SELECT u.entry_id, s.feature_ids[1] AS value_id, s.pattern_id, s.feature_ids[3] AS parent_id, min(u.first_at) AS first_at,
              max(u.last_at) AS last_at, count(DISTINCT u.day) AS days, bit_or(u.hours) AS hours, sum(u.executions) AS executions,
              max(u.score_millibits) AS score, bool_or(u.trusted) AS trusted,
              array_agg(DISTINCT u.principal_id) FILTER (WHERE u.principal_id <> 0) AS principals
            FROM usage u JOIN signature s ON s.id = u.signature_id
            WHERE u.host_id = ${host.id} ${inWindow(window, sql`u.day`)} ${inScope(scope, sql`u.host_id`)}
            GROUP BY u.entry_id, s.feature_ids[1], s.pattern_id, s.feature_ids[3])
          SELECT c.slug, c.name, concat(w.pattern_id, ' ', w.parent_id) AS signature, p.pattern, w.pattern_id, v.value AS parent, w.first_at,
            w.last_at, w.days, w.hours, w.executions, w.score, w.trusted,
            (SELECT array_agg(DISTINCT n.name ORDER BY n.name) FROM person n WHERE n.id = ANY(w.principals)) AS users,
            CASE WHEN w.value_id IS NOT NULL THEN (SELECT coalesce(sum(r.hosts), 0) FROM prevalence r
              WHERE r.scope_id = ${host.groupId}::int AND r.entry_id = w.entry_id AND r.feature = ${PATTERN_FEATURE} AND r.value_id = w.value_id)
            END AS group_hosts,
            CASE WHEN w.value_id IS NOT NULL THEN (SELECT coalesce(sum(r.hosts), 0) FROM prevalence r
              WHERE r.scope_id = ${FLEET_SCOPE} AND r.entry_id = w.entry_id AND r.feature = ${PATTERN_FEATURE} AND r.value_id = w.value_id)
            END AS fleet_hosts
          FROM used w JOIN catalogue_entry c ON c.id = w.entry_id LEFT JOIN pattern p ON p.id = w.pattern_id
          LEFT JOIN feature_value v ON v.id = w.parent_id
          ORDER BY w.executions DESC, c.slug, signature LIMIT ${MAX_USES}`,
    ),
    loadMaturityBySlug(host.id, window),
  ])
  return groupByBinary(found, host.groupId !== null, maturity)
}

function groupByBinary(
  found: readonly Row[],
  inGroup: boolean,
  maturity: (slug: string) => number,
): BinaryBaseline[] {
  const bySlug = new Map<string, BinaryBaseline>()
  for (const row of found) {
    const known = bySlug.get(row.slug) ?? {
      slug: row.slug,
      name: row.name,
      executions: 0,
      maturity: maturity(row.slug),
      uses: [],
    }
    bySlug.set(row.slug, known)
    known.executions += Number(row.executions)
    known.uses.push(toUse(row, inGroup))
  }
  return [...bySlug.values()].sort((a, b) => b.executions - a.executions)
}

function toUse(row: Row, inGroup: boolean): BaselineUse {
  return {
    id: row.signature,
    pattern: row.pattern,
    patternId: row.pattern_id,
    parent: row.parent,
    users: row.users ?? [],
    firstAt: row.first_at,
    lastAt: row.last_at,
    days: Number(row.days),
    hours: row.hours,
    executions: Number(row.executions),
    highestScoreMillibits: row.score,
    trusted: row.trusted,
    groupHosts: !inGroup || row.group_hosts === null ? null : Number(row.group_hosts),
    fleetHosts: row.fleet_hosts === null ? null : Number(row.fleet_hosts),
  }
}

/** 1 − ν of the host's profile of a binary's kinds of use, as scores of the next day would read it. */
async function loadMaturityBySlug(hostId: number, window: DataWindow): Promise<(slug: string) => number> {
  const next = addDays(window.to, 1)
  const { learning } = await loadScoreSettings(pool(), next)
  const history = (await loadHistory(pool(), [hostId], next, learning)).get(hostId) ?? new Map()
  const baseline = hostBaseline(history, await loadSignatures(pool(), history.keys()))
  return (slug) => 1 - baseline.profile(slug, 'shape').nu
}
