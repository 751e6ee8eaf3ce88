import type { Scope } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { type Evidence, readEvidence } from '@/lib/pipeline/decision/evidence'
import { concernsOf, type EvidenceReason, materialChanges } from '@/lib/pipeline/decision/evidence-change'
import { type Gate, ringGate } from '@/lib/pipeline/decision/gate'
import { type Standing, succeeds } from '@/lib/pipeline/decision/replaces'
import { type DecisionState, STANDING_STATES } from '@/lib/pipeline/decision/states'
import { approvalsNeeded } from '@/lib/pipeline/decision/terms'
import { pool } from '@/lib/store/pool'
import { findRow, rows, sql } from '@/lib/store/sql'
import { type DecisionRow, findDecision } from '../decisions'
import type { Judge } from './awaiting'
import { readDecisionSettings } from './form'
import { loadEvidenceSeen } from './known-evidence'
import { concernsFleet } from './sight'
import { HIDDEN } from './told'

/** Something that somebody, or the worker, did to a decision. */
export type DecisionChange = { id: string; at: number; actor: string; action: string; detail: Json }

export type Explanation = { kind: string; reason: string; by: string; at: number }

export type DecisionDetail = DecisionRow & {
  /** What is known of the binary on the same hosts today; null = the reader does not see them all. */
  now: Evidence | null
  /** What was known when a manager decided. */
  decided: Evidence | null
  /** Why today's evidence asks for another look. */
  changes: EvidenceReason[]
  /** What a reader has to know of today's evidence, changed or not. */
  concerns: EvidenceReason[]
  history: DecisionChange[]
  explanations: Explanation[]
  /** By ring, in order; none where `visible` is false: they count what hosts did. */
  gates: Gate[]
  approvalsNeeded: number
  /** Whoever proposed it may no longer sign in. */
  authorGone: boolean
  /** Enforced decisions that go on until this one is enforced on all of its rings. */
  takesPlaceOf: number[]
  /** Approved ones that take the place of this one, in the same way. */
  placeTakenBy: number[]
}

const SHOWN_CHANGES = 200

/** All that one screen needs to decide on a decision and to defend it later. */
export async function loadDecision(
  scope: Scope,
  id: number,
  judge: Judge | null,
): Promise<DecisionDetail | null> {
  const decision = await findDecision(scope, id, judge)
  if (decision === null) return null
  const [extra, history, explanations, settings] = await Promise.all([
    readExtra(id),
    listChanges(id),
    decision.visible ? listExplanations(id) : [],
    readDecisionSettings(),
  ])
  const entry = { id: extra.entryId, slug: decision.slug }
  const [others, ofFleet, today] = await Promise.all([
    isStanding(decision.state) ? listStanding(extra.entryId) : [],
    settings.twoForFleet && concernsFleet(id),
    decision.visible ? loadEvidenceSeen(decision.scope, entry) : null,
  ])
  return {
    ...decision,
    now: today,
    decided: decision.visible ? extra.decided : null,
    changes: changesOf(decision, today),
    concerns: today === null ? [] : concernsOf(today, decision.verdict),
    // who sees a part of the hosts learns who did what, and not what was said of the others
    history: history.map((change) =>
      knowsSince(decision, change.at) ? change : { ...change, detail: null },
    ),
    explanations: explanations.map((one) =>
      knowsSince(decision, one.at) ? one : { ...one, reason: HIDDEN },
    ),
    gates: decision.visible ? gatesOf(decision, new Set(explanations.map(({ kind }) => kind))) : [],
    approvalsNeeded: approvalsNeeded({ verdict: decision.verdict, ofFleet }, settings.twoForFleet),
    authorGone: extra.authorGone,
    ...successionOf(id, others),
  }
}

/** Whether the reader may know what was said of it at a time: until an approval narrowed it, it was said of more hosts. */
function knowsSince({ visible, visibleAsProposed, decidedAt }: DecisionRow, at: number): boolean {
  return visibleAsProposed || (visible && decidedAt !== null && at > decidedAt + APPROVING_US)
}

/** The approval itself is of all that was proposed, and its entry is a little younger than its time, µs. Origin: longer than a statement may take. */
const APPROVING_US = 60_000_000

type StandingRow = Standing & { id: number }

function isStanding(state: DecisionState): boolean {
  return (STANDING_STATES as readonly DecisionState[]).includes(state)
}

async function listStanding(entryId: number): Promise<StandingRow[]> {
  return await rows<StandingRow>(
    pool(),
    sql`SELECT id, state, scope, coalesce(extract(epoch FROM decided_at) * 1000, 0)::float8 AS "decidedAt"
        FROM decision WHERE entry_id = ${entryId} AND state = ANY(${[...STANDING_STATES]}::text[]) ORDER BY id`,
  )
}

function successionOf(
  id: number,
  standing: readonly StandingRow[],
): Pick<DecisionDetail, 'takesPlaceOf' | 'placeTakenBy'> {
  const own = standing.find((one) => one.id === id)
  if (own === undefined) return { takesPlaceOf: [], placeTakenBy: [] }
  const others = standing.filter((one) => one.id !== id)
  return {
    takesPlaceOf: others.flatMap((one) => (one.state === 'enforced' && succeeds(own, one) ? [one.id] : [])),
    placeTakenBy: others.flatMap((one) => (own.state === 'enforced' && succeeds(one, own) ? [one.id] : [])),
  }
}

function gatesOf({ rings, control }: DecisionRow, explained: ReadonlySet<string>): Gate[] {
  return rings.map(({ state, watch, position }) =>
    ringGate({
      state,
      control: control ?? 'app-control',
      watch,
      explained,
      earlier: rings.filter((ring) => ring.position < position && ring.state !== 'enforced').length,
    }),
  )
}

function changesOf(decision: DecisionRow, today: Evidence | null): EvidenceReason[] {
  const asks = ['proposed', 'emergency', 'approved', 'enforced'].includes(decision.state)
  return asks && decision.visible ? materialChanges(decision.evidence, today, decision.verdict) : []
}

async function readExtra(id: number) {
  const row = await findRow<{ entry_id: number; decided_evidence: unknown; author_gone: boolean }>(
    pool(),
    sql`SELECT d.entry_id, d.decided_evidence, p.disabled_at IS NOT NULL AS author_gone
        FROM decision d JOIN account p ON p.id = d.proposed_by_id WHERE d.id = ${id}`,
  )
  return {
    entryId: row?.entry_id ?? 0,
    decided: readEvidence(row?.decided_evidence),
    authorGone: row?.author_gone ?? false,
  }
}

/** What was done to it, newest first. */
async function listChanges(id: number): Promise<DecisionChange[]> {
  return await rows<DecisionChange>(
    pool(),
    sql`SELECT id, at, actor_name AS actor, action, detail FROM audit_entry
        WHERE subject_kind = 'decision' AND subject_id = ${String(id)} ORDER BY id DESC LIMIT ${SHOWN_CHANGES}`,
  )
}

async function listExplanations(id: number): Promise<Explanation[]> {
  return await rows<Explanation>(
    pool(),
    sql`SELECT e.kind, e.reason, a.name AS by, e.at FROM attempt_explanation e JOIN account a ON a.id = e.account_id
        WHERE e.decision_id = ${id} ORDER BY e.at`,
  )
}
