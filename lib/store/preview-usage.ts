import type { Signature } from '@/lib/pipeline/baseline/signature'
import { takesIn } from '@/lib/pipeline/decision/scope'
import { daysBefore } from '@/lib/pipeline/deviation/days-before'
import type { FleetDay, FleetHostDay } from '@/lib/pipeline/deviation/fold-fleet'
import type { UsageFact } from '@/lib/pipeline/deviation/score-host-day'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import type { SigmaUse } from '@/lib/pipeline/sigma/rule'
import type { Pool } from './pool'
import { loadReportedDays } from './recompute/reported-days'
import { loadRulings } from './rulings'
import { loadSignatures } from './signatures'
import { type Db, findRow, rows, sql } from './sql'

/** Stored use, as the re-computation would read it day by day. */
export type StoredUse = {
  days: FleetDay[]
  /** Hosts looked at, and those that used anything. */
  hosts: { scored: number; total: number }
  rulingsFor: Awaited<ReturnType<typeof loadRulings>>
}

/**
 * All stored use, or that of as many hosts as keep to `maxRows` rows, chosen by a hash of their ids: the same ones every time, and no kind of
 * host preferred. null = nothing is stored.
 */
export async function loadStoredUse(pool: Pool, maxRows: number): Promise<StoredUse | null> {
  const chosen = await chooseHosts(pool, maxRows)
  if (chosen.ids.length === 0) return null
  const [facts, groupOf, incidentOf, reportedOn, rulingsFor] = await Promise.all([
    loadFacts(pool, chosen.ids),
    loadGroupSpans(pool),
    loadIncidentSpans(pool),
    loadReportedDays(pool, chosen.ids),
    loadRulings(pool),
  ])
  const ids = new Set(facts.map(({ signature_id }) => signature_id))
  const signatures = await loadSignatures(pool, ids)
  const days = toDays(facts, signatures, (hostId, day) => {
    const group = groupOf(hostId, day)
    const incident = incidentOf(hostId, group ?? 0, day)
    return {
      group: group === null ? null : String(group),
      reportedDays: daysBefore(reportedOn.get(hostId) ?? [], day),
      ...(incident !== null && {
        incident: { comparedWith: incident.groupId === null ? null : String(incident.groupId) },
      }),
    }
  })
  return { days, hosts: { scored: chosen.ids.length, total: chosen.total }, rulingsFor }
}

async function chooseHosts(db: Db, maxRows: number): Promise<{ ids: number[]; total: number }> {
  const found = await findRow<{ ids: number[] | null; total: string }>(
    db,
    sql`WITH use AS (SELECT host_id, count(*) AS rows FROM usage GROUP BY host_id),
          running AS (SELECT host_id, sum(rows) OVER (ORDER BY hashint4(host_id), host_id) AS rows FROM use)
        SELECT array_agg(host_id ORDER BY host_id) FILTER (WHERE rows <= ${maxRows}) AS ids, count(*) AS total FROM running`,
  )
  return { ids: found?.ids ?? [], total: Number(found?.total ?? 0) }
}

type FactRow = {
  host_id: number
  day: number
  signature_id: string
  principal_id: string
  hours: number
  first_at: number
  last_at: number
  executions: number
  sigma: SigmaUse[] | null
}

async function loadFacts(db: Db, hostIds: readonly number[]): Promise<FactRow[]> {
  return await rows<FactRow>(
    db,
    sql`WITH hit AS (
          SELECT h.host_id, h.day, h.signature_id, h.principal_id, jsonb_agg(jsonb_build_object('id', r.id, 'level', r.level, 'events', h.events)) AS sigma
          FROM sigma_hit h JOIN sigma_rule r ON r.id = h.rule_id WHERE h.host_id = ANY(${[...hostIds]}::int[])
          GROUP BY h.host_id, h.day, h.signature_id, h.principal_id)
        SELECT u.host_id, u.day - '1970-01-01'::date AS day, u.signature_id, u.principal_id, u.hours, u.first_at, u.last_at, u.executions,
          hit.sigma
        FROM usage u LEFT JOIN hit USING (host_id, day, signature_id, principal_id)
        WHERE u.host_id = ANY(${[...hostIds]}::int[]) ORDER BY u.day, u.host_id`,
  )
}

function toFact(row: FactRow): UsageFact {
  return {
    signatureId: row.signature_id,
    principalId: row.principal_id,
    hourMask: row.hours,
    firstAtUs: row.first_at,
    lastAtUs: row.last_at,
    executions: row.executions,
    ...(row.sigma !== null && { sigma: row.sigma }),
  }
}

type Placed = Pick<FleetHostDay, 'group' | 'incident' | 'reportedDays'>

/** `facts` by day, then host. */
function toDays(
  facts: readonly FactRow[],
  signatures: ReadonlyMap<string, Signature>,
  placeOf: (hostId: number, day: number) => Placed,
): FleetDay[] {
  return runsOf(facts, ({ day }) => day).map(({ key: day, items }) => ({
    day,
    hosts: runsOf(items, ({ host_id }) => host_id).map(({ key: hostId, items: rows }) => ({
      host: String(hostId),
      facts: rows.map(toFact),
      ...placeOf(hostId, day),
    })),
    signatures: new Map(
      items.flatMap(({ signature_id: id }) => {
        const signature = signatures.get(id)
        return signature === undefined ? [] : [[id, signature]]
      }),
    ),
  }))
}

/** Neighbours of the same key. */
function runsOf<T>(all: readonly T[], keyOf: (one: T) => number): { key: number; items: T[] }[] {
  const runs: { key: number; items: T[] }[] = []
  for (const one of all) {
    const key = keyOf(one)
    const run = runs.at(-1)
    if (run?.key === key) run.items.push(one)
    else runs.push({ key, items: [one] })
  }
  return runs
}

const FOREVER = Number.MAX_SAFE_INTEGER

async function loadGroupSpans(db: Db): Promise<(hostId: number, day: number) => number | null> {
  const found = await rows<{ host_id: number; group_id: number; from: number; until: number | null }>(
    db,
    sql`SELECT host_id, group_id, valid_from - '1970-01-01'::date AS from, valid_to - '1970-01-01'::date AS until FROM host_group_member`,
  )
  const byHost = new Map<number, typeof found>()
  for (const span of found) byHost.set(span.host_id, [...(byHost.get(span.host_id) ?? []), span])
  return (hostId, day) =>
    byHost.get(hostId)?.find(({ from, until }) => from <= day && day < (until ?? FOREVER))?.group_id ?? null
}

async function loadIncidentSpans(db: Db) {
  const found = await rows<{ scope: TriageScope; groupId: number | null; from: number; to: number | null }>(
    db,
    sql`SELECT scope, group_id AS "groupId", from_day - '1970-01-01'::date AS from, to_day - '1970-01-01'::date AS to
        FROM incident WHERE withdrawn_at IS NULL ORDER BY id`,
  )
  return (hostId: number, groupId: number, day: number) =>
    found.find(
      ({ scope, from, to }) => from <= day && day <= (to ?? FOREVER) && takesIn(scope, { hostId, groupId }),
    ) ?? null
}
