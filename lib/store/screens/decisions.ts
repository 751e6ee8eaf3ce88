import type { Scope } from '@/lib/pipeline/actor'
import type { BlockEffect, BlockException, Control, DecisionScope } from '@/lib/pipeline/decision/block'
import { type Due, dueOf, WARN_DAYS } from '@/lib/pipeline/decision/due'
import { type Evidence, readEvidence } from '@/lib/pipeline/decision/evidence'
import { type RingAlarm, type RingWatch, readWatch, ringAlarms } from '@/lib/pipeline/decision/gate'
import type { RingPlan, RingState } from '@/lib/pipeline/decision/rings'
import type { DecisionState, Verdict } from '@/lib/pipeline/decision/states'
import { mayNow, seesAll } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { awaits, awaitsMe, awaitsOthers, type Judge } from './decision/awaiting'
import { NAMES_AS_PROPOSED, NAMES_OF_SCOPE, toldTo, visibleAsProposed, visibleTo } from './decision/sight'
import { isTold, UNTOLD, withoutText } from './decision/told'
import { proposedWhereWords, whereWords } from './decision/where-words'
import { containing } from './like'
import { toDay } from './moment'
import { limitOffset, matching, orderBy, type TableRequest } from './table-request'

export const DECISION_SORTS = [
  'effect',
  'proposed',
  'decided',
  'review',
  'binary',
  'state',
  'verdict',
] as const
export const DECISION_FILTERS = [
  'state',
  'verdict',
  'awaiting',
  'attention',
  'binary',
  'batch',
  'from',
  'to',
] as const
type DecisionSort = (typeof DECISION_SORTS)[number]

export type RingRow = {
  id: number
  position: number
  name: string
  /** None = everything in scope that no other ring takes. */
  groups: { id: number; name: string }[]
  state: RingState
  /** Microseconds since 1970. */
  since: number | null
  watch: RingWatch | null
  watchedAt: number | null
}

/** `counts`: they may still decide about the whole fleet. */
export type Approval = { accountId: string; name: string; counts: boolean }

export type DecisionRow = {
  id: number
  slug: string
  binary: string
  verdict: Verdict
  effect: BlockEffect | null
  control: Control | null
  /** Their texts and reasons are of hosts: without them where `visible` is false. */
  exceptions: BlockException[]
  rings: RingRow[]
  state: DecisionState
  /** This, the comment and the ticket only where the reader is told (`isTold`). */
  justification: string
  proposedBy: string
  proposedById: string
  /** Microseconds since 1970; of a draft when it was begun. */
  proposedAt: number
  decidedBy: string | null
  decidedAt: number | null
  comment: string | null
  /** Who answers for it. */
  owner: string
  ownerId: string | null
  /** Days, 'YYYY-MM-DD'. */
  reviewOn: string | null
  expiresOn: string | null
  ticket: string | null
  /** Of an emergency, microseconds since 1970. */
  lapsesAt: number | null
  renewsId: number | null
  batchId: string | null
  /** Managers who said yes while it goes on waiting. */
  approvals: Approval[]
  /** It waits, and the reader may decide on it. */
  awaitsMe: boolean
  /** Those for whom the reader stands in, and whom it awaits. */
  awaitsOthers: string[]
  version: number
  scope: DecisionScope
  /** Where it was proposed to hold, if an approval narrowed that. */
  proposedScope: DecisionScope | null
  /** The same in words: names for who sees all of it, else how many places; null = as `where`. */
  proposedWhere: string | null
  /** 'the whole fleet', or names. */
  where: string
  /** What was frozen of where it holds: when it was proposed, or narrowed; null where it speaks of hosts the actor may not see, is of a form that is no longer read, or of a draft. */
  evidence: Evidence | null
  /** What was frozen when it was proposed, of everywhere that it was proposed for; null as above, and where the reader may not see all of that. */
  proposedEvidence: Evidence | null
  /** Whether the reader sees every host that it speaks of. */
  visible: boolean
  /** The same, and every host that it was proposed for. */
  visibleAsProposed: boolean
  /** What ends or is to be looked at soon. */
  due: Due[]
  /** What of it does not hold where it is enforced; none where `visible` is false. */
  alarms: RingAlarm[]
}

/** Columns that are read otherwise than they are stored. */
type Read = 'where' | 'proposedWhere' | 'evidence' | 'proposedEvidence'

/** The rollout of a decision, as it is planned. */
export function ringPlanOf({ rings }: Pick<DecisionRow, 'rings'>): RingPlan {
  return rings.map(({ name, groups }) => ({ name, groupIds: groups.map(({ id }) => id) }))
}

type Row = Omit<DecisionRow, 'visible' | 'due' | 'alarms' | 'rings' | Read> & {
  names: string[] | null
  proposedNames: string[] | null
  evidence: unknown
  widerEvidence: unknown
  rings: (Omit<RingRow, 'since' | 'watch' | 'watchedAt'> & {
    since: string | null
    watch: unknown
    watchedAt: string | null
  })[]
  visible: boolean
  today: string
  total: string
}

/** What was frozen of where a decision `d` holds. */
export const EVIDENCE = sql`(CASE WHEN d.proposed_scope IS NULL THEN d.evidence ELSE d.decided_evidence END)`

/** Emergencies first, then what interrupts most, as far as the reader may know. */
function effect(scope: Scope): Sql {
  const evidence = (name: string) =>
    sql`CASE WHEN ${visibleTo(scope)} THEN coalesce((${EVIDENCE}->>${name}::text)::bigint, -1) ELSE -1 END`
  return sql`ROW(d.state = 'emergency', d.verdict <> 'required', ${evidence('hosts')}, ${evidence('executions')})`
}

const orderFor = (scope: Scope): Record<DecisionSort, Sql> => ({
  effect: effect(scope),
  proposed: sql`d.proposed_at`,
  decided: sql`d.decided_at`,
  review: sql`d.review_on`,
  binary: sql`c.slug`,
  state: sql`d.state`,
  verdict: sql`d.verdict`,
})

/** Microseconds since 1970 as text, within JSON. */
const us = (column: Sql) => sql`(extract(epoch FROM ${column}) * 1000000)::bigint::text`

function select(scope: Scope, judge: Judge | null): Sql {
  return sql`SELECT d.id, c.slug, c.name AS binary, d.verdict, d.effect, d.control, d.exceptions, d.state, d.justification,
    p.name AS "proposedBy", d.proposed_by_id AS "proposedById", d.proposed_at AS "proposedAt", j.name AS "decidedBy", d.decided_at AS "decidedAt",
    d.comment, coalesce(o.name, p.name) AS owner, d.owner_id AS "ownerId", d.review_on AS "reviewOn", d.expires_on AS "expiresOn", d.ticket,
    d.lapses_at AS "lapsesAt", d.renews_id AS "renewsId", d.batch_id AS "batchId", d.version, d.scope, d.proposed_scope AS "proposedScope",
    ${EVIDENCE} AS evidence, CASE WHEN d.proposed_scope IS NOT NULL THEN d.evidence END AS "widerEvidence", ${visibleTo(scope)} AS visible, ${visibleAsProposed(scope)} AS "visibleAsProposed",
    (now() AT TIME ZONE 'UTC')::date AS today, ${awaitsMe(scope, judge)} AS "awaitsMe", ${awaitsOthers(judge)} AS "awaitsOthers",
    ${NAMES_OF_SCOPE} AS names, ${NAMES_AS_PROPOSED} AS "proposedNames",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('accountId', a.account_id, 'name', n.name,
        'counts', ${mayNow(sql`n`, 'decide')} AND ${seesAll(sql`n`)}) ORDER BY a.at), '[]')
      FROM decision_approval a JOIN account n ON n.id = a.account_id WHERE a.decision_id = d.id) AS approvals,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'position', r.position, 'name', r.name, 'state', r.state,
        'since', ${us(sql`r.since`)}, 'watch', r.watch, 'watchedAt', ${us(sql`r.watched_at`)},
        'groups', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) ORDER BY g.name), '[]') FROM host_group g
          WHERE g.id = ANY(r.group_ids))) ORDER BY r.position), '[]')
      FROM decision_ring r WHERE r.decision_id = d.id) AS rings,
    count(*) OVER () AS total
  FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id JOIN account p ON p.id = d.proposed_by_id
  LEFT JOIN account j ON j.id = d.decided_by_id LEFT JOIN account o ON o.id = d.owner_id`
}

/** What a request of the decisions page leaves in; the CSV export asks for the same. */
export function decisionFilter(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  judge: Judge | null,
): Sql {
  const { q, filters } = request
  const awaiting = filters['awaiting'] !== undefined
  const from = toDay(filters['from']?.[0])
  const to = toDay(filters['to']?.[0])
  return sql`WHERE ${ownDrafts(judge)} ${matching(request, 'state', sql`d.state`)} ${matching(request, 'verdict', sql`d.verdict`)}
    ${matching(request, 'binary', sql`c.slug`)} ${matching(request, 'batch', sql`d.batch_id::text`)}
    ${awaiting ? awaits(scope, judge) : empty} ${filters['attention'] === undefined ? empty : sql`AND ${attention(scope)}`}
    ${
      q === ''
        ? empty
        : sql`AND (c.name ILIKE ${containing(q)} OR p.name ILIKE ${containing(q)}
      OR (${toldTo(scope)} AND (d.justification ILIKE ${containing(q)} OR d.ticket ILIKE ${containing(q)})))`
    }
    ${from === null ? empty : sql`AND d.proposed_at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`}
    ${to === null ? empty : sql`AND d.proposed_at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`}`
}

/** A draft is its author's alone. */
function ownDrafts(judge: Judge | null): Sql {
  return judge === null
    ? sql`d.state <> 'draft'`
    : sql`(d.state <> 'draft' OR d.proposed_by_id = ${judge.accountId}::uuid)`
}

/** Enforced and running or silent, where the reader may know; or soon to end or be reviewed. */
const attention = (
  scope: Scope,
) => sql`d.state IN ('approved', 'enforced', 'emergency') AND (d.state = 'emergency'
  OR least(d.review_on, d.expires_on) <= (now() AT TIME ZONE 'UTC')::date + ${WARN_DAYS}::int
  OR EXISTS (SELECT FROM jsonb_array_elements(d.exceptions) e WHERE (e->>'until')::date
    BETWEEN (now() AT TIME ZONE 'UTC')::date AND (now() AT TIME ZONE 'UTC')::date + ${WARN_DAYS}::int)
  OR ${visibleTo(scope)} AND EXISTS (SELECT FROM decision_ring r WHERE r.decision_id = d.id AND r.state = 'enforced'
    AND ((r.watch->>'unmatched')::bigint > 0 OR jsonb_array_length(r.watch->'silent') > 0)))`

/** Decisions, newest first unless asked otherwise. */
export async function listDecisions(
  scope: Scope,
  request: TableRequest<DecisionSort>,
  judge: Judge | null,
): Promise<{ rows: DecisionRow[]; total: number }> {
  const found = await rows<Row>(
    pool(),
    sql`${select(scope, judge)} ${decisionFilter(scope, request, judge)} ${orderBy(request, orderFor(scope), sql`d.id DESC`)} ${limitOffset(request)}`,
  )
  return { rows: found.map(toDecision), total: Number(found[0]?.total ?? 0) }
}

/** Every decision there was on a binary, newest first; drafts only of the one who asks. */
export async function listDecisionsOn(
  scope: Scope,
  slug: string,
  judge: Judge | null,
): Promise<DecisionRow[]> {
  const found = await rows<Row>(
    pool(),
    sql`${select(scope, judge)} WHERE c.slug = ${slug} AND ${ownDrafts(judge)} ORDER BY d.id DESC LIMIT 100`,
  )
  return found.map(toDecision)
}

/** One decision; another person's draft is not found. */
export async function findDecision(
  scope: Scope,
  id: number,
  judge: Judge | null,
): Promise<DecisionRow | null> {
  const [row] = await rows<Row>(
    pool(),
    sql`${select(scope, judge)} WHERE d.id = ${id} AND ${ownDrafts(judge)}`,
  )
  return row === undefined ? null : toDecision(row)
}

function toDecision({
  today,
  total: _total,
  names,
  proposedNames,
  rings,
  evidence,
  widerEvidence,
  ...row
}: Row): DecisionRow {
  const known = row.visible ? readEvidence(evidence) : null
  const steps = rings.map((ring) => ({
    ...ring,
    since: ring.since === null ? null : Number(ring.since),
    // it names hosts, until it looks again those of where it was proposed
    watch: seesBoth(row) || (row.visible && isSince(ring, row)) ? readWatch(ring.watch) : null,
    watchedAt: ring.watchedAt === null ? null : Number(ring.watchedAt),
  }))
  const lapsesOn = row.lapsesAt === null ? null : new Date(row.lapsesAt / 1000).toISOString().slice(0, 10)
  const inForce = row.state === 'enforced' || row.state === 'emergency'
  return {
    ...row,
    ...(isTold(row) ? {} : UNTOLD),
    exceptions: row.visible ? row.exceptions : row.exceptions.map(withoutText),
    rings: steps,
    where: whereWords(row.scope, names ?? [], row.visible),
    proposedWhere: proposedWhereWords(row, proposedNames ?? []),
    evidence: known,
    proposedEvidence: row.proposedScope === null ? known : seesBoth(row) ? readEvidence(widerEvidence) : null,
    due: dueOf({ ...row, lapsesOn }, today),
    alarms: inForce
      ? steps.flatMap(({ state, watch }) => ringAlarms(state, row.effect ?? 'execution', watch))
      : [],
  }
}

/** Whether the reader sees where it holds, and where it was proposed for. */
function seesBoth({ visible, visibleAsProposed }: Pick<DecisionRow, 'visible' | 'visibleAsProposed'>) {
  return visible && visibleAsProposed
}

function isSince({ watchedAt }: { watchedAt: string | null }, { decidedAt }: Pick<DecisionRow, 'decidedAt'>) {
  return watchedAt !== null && decidedAt !== null && Number(watchedAt) > decidedAt
}
