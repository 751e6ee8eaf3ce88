import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type Evidence, readEvidence } from '@/lib/pipeline/decision/evidence'
import type { DecisionState, Verdict } from '@/lib/pipeline/decision/states'
import { seesAllOf } from '@/lib/store/decisions'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { toDay } from './data-window'
import { containing } from './like'
import { limitOffset, matching, orderBy, type TableRequest } from './table-request'

export const DECISION_SORTS = ['proposed', 'decided', 'binary', 'state', 'verdict'] as const
export const DECISION_FILTERS = ['state', 'verdict', 'awaiting', 'binary', 'from', 'to'] as const
type DecisionSort = (typeof DECISION_SORTS)[number]

export type DecisionRow = {
  id: number
  slug: string
  binary: string
  verdict: Verdict
  state: DecisionState
  justification: string
  proposedBy: string
  proposedById: string
  /** Microseconds since 1970. */
  proposedAt: number
  decidedBy: string | null
  decidedAt: number | null
  comment: string | null
  version: number
  /** 'Fleet', or the groups' names. */
  scope: string
  /** What was frozen; null where it speaks of hosts the actor may not see, or is of a form that is no longer read. */
  evidence: Evidence | null
}

/** Who asks what awaits them. */
export type Judge = { accountId: string; mayDecide: boolean }

type Row = {
  id: number
  slug: string
  binary: string
  verdict: Verdict
  state: DecisionState
  justification: string
  proposed_by: string
  proposed_by_id: string
  proposed_at: number
  decided_by: string | null
  decided_at: number | null
  comment: string | null
  version: number
  scope: DecisionScope
  group_names: string[] | null
  evidence: unknown
  total: string
}

const ORDER: Record<DecisionSort, Sql> = {
  proposed: sql`d.proposed_at`,
  decided: sql`d.decided_at`,
  binary: sql`c.slug`,
  state: sql`d.state`,
  verdict: sql`d.verdict`,
}

const SELECT = sql`SELECT d.id, c.slug, c.name AS binary, d.verdict, d.state, d.justification, p.name AS proposed_by,
    d.proposed_by_id, d.proposed_at, j.name AS decided_by, d.decided_at, d.comment, d.version, d.scope, d.evidence,
    (SELECT array_agg(g.name ORDER BY g.name) FROM host_group g
      WHERE g.id IN (SELECT jsonb_array_elements_text(d.scope->'ids')::int)) AS group_names,
    count(*) OVER () AS total
  FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id JOIN account p ON p.id = d.proposed_by_id
  LEFT JOIN account j ON j.id = d.decided_by_id`

/** What a request of the decisions page leaves in; the CSV export asks for the same. `judge`: null = nothing awaits a key. */
export function decisionFilter(request: Pick<TableRequest, 'q' | 'filters'>, judge: Judge | null): Sql {
  const { q, filters } = request
  const awaiting = filters['awaiting'] !== undefined
  const from = toDay(filters['from']?.[0])
  const to = toDay(filters['to']?.[0])
  return sql`WHERE true ${matching(request, 'state', sql`d.state`)} ${matching(request, 'verdict', sql`d.verdict`)}
    ${matching(request, 'binary', sql`c.slug`)}
    ${awaiting ? awaits(judge) : empty}
    ${q === '' ? empty : sql`AND (c.name ILIKE ${containing(q)} OR d.justification ILIKE ${containing(q)} OR p.name ILIKE ${containing(q)})`}
    ${from === null ? empty : sql`AND d.proposed_at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`}
    ${to === null ? empty : sql`AND d.proposed_at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`}`
}

/** A manager waits for others' proposals, anybody else for an answer to their own. */
function awaits(judge: Judge | null): Sql {
  if (judge === null) return sql`AND false`
  return judge.mayDecide
    ? sql`AND d.state = 'proposed' AND d.proposed_by_id <> ${judge.accountId}::uuid`
    : sql`AND d.state = 'proposed' AND d.proposed_by_id = ${judge.accountId}::uuid`
}

/** Decisions, newest first unless asked otherwise. */
export async function listDecisions(
  scope: Scope,
  request: TableRequest<DecisionSort>,
  judge: Judge,
): Promise<{ rows: DecisionRow[]; total: number }> {
  const found = await rows<Row>(
    pool(),
    sql`${SELECT} ${decisionFilter(request, judge)} ${orderBy(request, ORDER, sql`d.id DESC`)} ${limitOffset(request)}`,
  )
  return { rows: found.map((row) => toDecision(scope, row)), total: Number(found[0]?.total ?? 0) }
}

/** Every decision there was on a binary, newest first. */
export async function listDecisionsOn(scope: Scope, slug: string): Promise<DecisionRow[]> {
  const found = await rows<Row>(pool(), sql`${SELECT} WHERE c.slug = ${slug} ORDER BY d.id DESC LIMIT 100`)
  return found.map((row) => toDecision(scope, row))
}

export type DecisionDetail = DecisionRow & { now: Evidence | null }

/** One decision, with what is known of the binary now, for the same hosts. */
export async function findDecision(scope: Scope, id: number): Promise<DecisionDetail | null> {
  const [row] = await rows<Row & { entry_id: number }>(
    pool(),
    sql`SELECT one.*, (SELECT entry_id FROM decision WHERE id = one.id) AS entry_id FROM (${SELECT} WHERE d.id = ${id}) one`,
  )
  if (!row) return null
  const decision = toDecision(scope, row)
  const now = seesAllOf(scope, row.scope)
    ? await loadEvidence(pool(), toScope(row.scope), row.entry_id)
    : null
  return { ...decision, now }
}

function toScope(scope: DecisionScope): Scope {
  return scope.kind === 'groups' ? { kind: 'groups', groupIds: scope.ids } : { kind: 'all' }
}

function toDecision(scope: Scope, row: Row): DecisionRow {
  return {
    id: row.id,
    slug: row.slug,
    binary: row.binary,
    verdict: row.verdict,
    state: row.state,
    justification: row.justification,
    proposedBy: row.proposed_by,
    proposedById: row.proposed_by_id,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    comment: row.comment,
    version: row.version,
    scope: row.scope.kind === 'fleet' ? 'Fleet' : (row.group_names ?? []).join(', '),
    evidence: seesAllOf(scope, row.scope) ? readEvidence(row.evidence) : null,
  }
}
