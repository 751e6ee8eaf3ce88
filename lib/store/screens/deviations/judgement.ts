import type { Scope } from '@/lib/pipeline/actor'
import { hostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { dayNumber } from '@/lib/pipeline/days'
import { type ExplainedFeature, type Explanation, explain } from '@/lib/pipeline/deviation/explain'
import type { Scopes } from '@/lib/pipeline/deviation/novelty'
import type { Reason } from '@/lib/pipeline/deviation/risk'
import {
  type ScoreSettings,
  type SignatureScore,
  scoreSignature,
} from '@/lib/pipeline/deviation/score-signature'
import type { SigmaHit } from '@/lib/pipeline/sigma/rule'
import { type StoredDeviation, signaturesOf } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { loadHistory } from '@/lib/store/recompute/history'
import { loadPlacements } from '@/lib/store/recompute/placement'
import { FLEET_SCOPE, loadPrevalence } from '@/lib/store/recompute/prevalence-view'
import { inScope } from '@/lib/store/scope'
import type { ExecutionKey } from '@/lib/store/screens/executions/search'
import { loadScoreSettings } from '@/lib/store/settings'
import { loadSignatures } from '@/lib/store/signatures'
import { findRow, rows, sql } from '@/lib/store/sql'
import { isUseOf } from '@/lib/store/use-of-execution'

/** What a scope normally does, for one feature; null = the scope knows nothing of it, or there is no such scope. */
type Normal = ExplainedFeature['normally'] | null

export type FeatureBesideScopes = ExplainedFeature & { host: Normal; group: Normal; fleet: Normal }

/** The item's highest-scoring use, and why it scored so: as of its own day. */
export type Judgement = {
  hostId: number
  host: string
  /** The group it was compared with. */
  group: string | null
  /** 'YYYY-MM-DD' */
  day: string
  signature: Signature
  score: SignatureScore
  /** A ruling took the score away; `score` is what it would be without. */
  explained: boolean
  /** The incident in which it was judged, by the group's baseline instead of the host's own past. */
  incidentId: number | null
  explanation: Omit<Explanation, 'features'>
  features: FeatureBesideScopes[]
  /** The first executions of that use on that day. */
  executions: ExecutionKey[]
}

type Row = {
  host_id: number
  host: string
  day: string
  signature_id: string
  score_millibits: number
  risk_millibits: number
  novelty_millibits: number
  nu_millis: number | null
  p_millibits: number | null
  reasons: Reason[] | null
}

/** Why an item is one; null when nothing on record in scope shows its pattern. */
export async function findJudgement(scope: Scope, deviation: StoredDeviation): Promise<Judgement | null> {
  const row = (await findTopHit(scope, deviation.id)) ?? (await findLatestUse(scope, deviation))
  if (row === null) return null
  const signature = (await loadSignatures(pool(), [row.signature_id])).get(row.signature_id)
  if (signature === undefined) return null
  const settings = await loadScoreSettings(pool(), row.day)
  const { scopes, groupId, incidentId } = await loadScopes(row, signature, deviation.entryId, settings)
  const day = dayNumber(row.day)
  const score =
    toScore(row) ?? scoreSignature(signature, scopes, day, settings, { sigma: await findRulesMet(row) })
  const { features, ...explanation } = explain(score, signature, scopes)
  const [group, executions] = await Promise.all([findGroupName(groupId), findExecutions(row)])
  return {
    hostId: row.host_id,
    host: row.host,
    group,
    day: row.day,
    signature,
    score,
    explained: row.reasons === null,
    incidentId,
    explanation,
    features: besideScopes(features, score, signature, scopes),
    executions,
  }
}

async function findTopHit(scope: Scope, id: string): Promise<Row | null> {
  return await findRow<Row>(
    pool(),
    sql`SELECT d.*, h.name AS host FROM deviation_hit d JOIN host h ON h.id = d.host_id
        WHERE d.deviation_id = ${id}::bigint ${inScope(scope, sql`d.host_id`)}
        ORDER BY d.score_millibits DESC, d.first_at, d.host_id, d.signature_id LIMIT 1`,
  )
}

async function findLatestUse(scope: Scope, deviation: StoredDeviation): Promise<Row | null> {
  return await findRow<Row>(
    pool(),
    sql`SELECT u.*, h.name AS host, NULL AS nu_millis, NULL AS p_millibits, NULL AS reasons FROM usage u JOIN host h ON h.id = u.host_id
        WHERE u.signature_id IN (${signaturesOf(deviation)}) ${inScope(scope, sql`u.host_id`)}
        ORDER BY u.last_at DESC, u.host_id, u.signature_id LIMIT 1`,
  )
}

function toScore(row: Row): SignatureScore | null {
  const { reasons, nu_millis: nuMillis, p_millibits: pMillibits } = row
  if (reasons === null || nuMillis === null || pMillibits === null) return null
  return {
    scoreMillibits: row.score_millibits,
    riskMillibits: row.risk_millibits,
    noveltyMillibits: row.novelty_millibits,
    nuMillis,
    pMillibits,
    reasons,
  }
}

/** What was known around the host before the day, as the score read it. */
async function loadScopes(
  { host_id: hostId, day }: Row,
  signature: Signature,
  entryId: number,
  { learning }: ScoreSettings,
): Promise<{ scopes: Scopes; groupId: number; incidentId: number | null }> {
  const [placementOf, history] = await Promise.all([
    loadPlacements(pool(), [hostId], day),
    loadHistory(pool(), [hostId], day, learning),
  ])
  const { comparedWith: groupId, incidentId } = placementOf(hostId)
  const past = history.get(hostId) ?? new Map()
  const [views, signatures] = await Promise.all([
    loadPrevalence(pool(), {
      scopeIds: [...new Set([FLEET_SCOPE, groupId])],
      entryIds: new Map([[signature.slug, entryId]]),
      signatures: [signature],
      day,
    }),
    loadSignatures(pool(), past.keys()),
  ])
  const scopes = {
    fleet: views(FLEET_SCOPE),
    group: groupId === FLEET_SCOPE ? null : views(groupId),
    host: incidentId === null ? hostBaseline(past, signatures) : null,
  }
  return { scopes, groupId, incidentId }
}

function besideScopes(
  features: readonly ExplainedFeature[],
  score: SignatureScore,
  signature: Signature,
  scopes: Scopes,
): FeatureBesideScopes[] {
  const none = { fleet: null, group: null, host: null }
  const normals = (scope: keyof Scopes) => {
    const alone = explain(score, signature, { ...none, [scope]: scopes[scope] }).features
    return new Map(
      alone.map(({ feature, normallyOn, normally }) => [feature, normallyOn === null ? null : normally]),
    )
  }
  const [host, group, fleet] = [normals('host'), normals('group'), normals('fleet')]
  return features.map((one) => ({
    ...one,
    host: host.get(one.feature) ?? null,
    group: group.get(one.feature) ?? null,
    fleet: fleet.get(one.feature) ?? null,
  }))
}

/** Sigma rules that the signature met that day, by id, as its score took them. */
async function findRulesMet({ host_id, day, signature_id }: Row): Promise<SigmaHit[]> {
  return await rows<SigmaHit>(
    pool(),
    sql`SELECT DISTINCT r.id COLLATE "C" AS id, r.level FROM sigma_hit h JOIN sigma_rule r ON r.id = h.rule_id
        WHERE h.host_id = ${host_id} AND h.day = ${day}::date AND h.signature_id = ${signature_id}::bigint ORDER BY 1`,
  )
}

async function findGroupName(id: number): Promise<string | null> {
  const group = await findRow<{ name: string }>(pool(), sql`SELECT name FROM host_group WHERE id = ${id}`)
  return group?.name ?? null
}

const SHOWN_EXECUTIONS = 5

async function findExecutions({ host_id, day, signature_id }: Row): Promise<ExecutionKey[]> {
  const found = await rows<{ host_id: number; occurred_at: number; id: string }>(
    pool(),
    sql`SELECT e.host_id, e.occurred_at, e.id FROM usage u JOIN execution e ON ${isUseOf(sql`u`, sql`e`)}
        WHERE u.host_id = ${host_id} AND u.day = ${day}::date AND u.signature_id = ${signature_id}::bigint AND e.anchor_id = e.id
        ORDER BY e.occurred_at, e.id LIMIT ${SHOWN_EXECUTIONS}`,
  )
  return found.map((row) => ({ hostId: row.host_id, occurredAtUs: row.occurred_at, id: row.id }))
}
