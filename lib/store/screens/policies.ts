import type { Scope } from '@/lib/pipeline/actor'
import type { BundleFile } from '@/lib/pipeline/export/bundle'
import type { ControlPolicies } from '@/lib/pipeline/export/policy/policy'
import { writePolicies } from '@/lib/pipeline/export/policy/write-policies'
import { findPolicyVersion, loadDecisionSet } from '@/lib/store/policies'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** A decision as policies speak of it. */
export type PolicyDecision = { id: number; binary: string; effect: string; state: string }

export type PoliciesView = {
  controls: readonly ControlPolicies[]
  decisions: ReadonlyMap<number, PolicyDecision>
}

/** What the decisions in sight become on a day ('YYYY-MM-DD'). */
export async function loadPolicies(scope: Scope, day: string): Promise<PoliciesView> {
  const set = await loadDecisionSet(pool(), scope, day)
  const decisions = set.blocks.map(({ decisionId, entry, effect, state }) => ({
    id: decisionId,
    binary: entry.name,
    effect,
    state,
  }))
  return { controls: writePolicies(set), decisions: new Map(decisions.map((one) => [one.id, one])) }
}

export type PolicyVersionRow = {
  id: number
  contentHash: string
  decisions: number[]
  files: number
  /** µs since 1970. */
  createdAt: number
  createdBy: string
}

const MAX_VERSIONS = 200

/** Versions that were kept, the newest first; none for those who see a part of the hosts. */
export async function listPolicyVersions(scope: Scope): Promise<PolicyVersionRow[]> {
  if (scope.kind !== 'all') return []
  return await rows<PolicyVersionRow>(
    pool(),
    sql`SELECT id, content_hash AS "contentHash", decisions, jsonb_array_length(files) AS files, created_at AS "createdAt",
          created_by AS "createdBy" FROM policy_version ORDER BY id DESC LIMIT ${MAX_VERSIONS}`,
  )
}

/** Files of two versions; null where either is none. */
export async function loadVersionPair(
  scope: Scope,
  from: number,
  to: number,
): Promise<{ before: BundleFile[]; after: BundleFile[] } | null> {
  const [before, after] = await Promise.all([
    findPolicyVersion(pool(), scope, from),
    findPolicyVersion(pool(), scope, to),
  ])
  return before === null || after === null ? null : { before, after }
}
