import type { Scope } from '@/lib/pipeline/actor'
import { CONTROLS } from '@/lib/pipeline/event/event'
import { REMOVED } from '@/lib/pipeline/normalise/record/control/attack-surface-reduction'
import { setsRuleTo } from '@/lib/store/asr-rule-value'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, rows, type Sql, sql } from '@/lib/store/sql'

/** Hosts by what they last reported of an attack surface reduction rule. */
export type AsrRuleReports = {
  /** GUID, lower-case. */
  id: string
  blocks: number
  audits: number
  warns: number
  off: number
}

export type AsrReports = {
  rules: AsrRuleReports[]
  /** Hosts that reported an exclusion for these rules alone, and not since that it is gone. */
  withExclusions: number
}

const ASR = CONTROLS.indexOf('asr')

/** What Defender said of its rules when they were changed (event 5007); of a rule that was set before its log was sent nothing is known. */
export async function readAsrReports(scope: Scope): Promise<AsrReports> {
  const [rules, excluding] = await Promise.all([
    rows<AsrRuleReports>(
      pool(),
      sql`SELECT setting AS id, count(*) FILTER (WHERE ${setsRuleTo(1)})::int AS blocks, count(*) FILTER (WHERE ${setsRuleTo(2)})::int AS audits,
            count(*) FILTER (WHERE ${setsRuleTo(6)})::int AS warns, count(*) FILTER (WHERE NOT (${setsRuleTo(1)} OR ${setsRuleTo(2)} OR ${setsRuleTo(6)}))::int AS off
          FROM (${lastReports(scope, RULES)}) last GROUP BY setting ORDER BY setting`,
    ),
    findRow<{ hosts: number }>(
      pool(),
      sql`SELECT count(DISTINCT host_id)::int AS hosts FROM (${lastReports(scope, EXCLUSIONS)}) last WHERE detail NOT LIKE ${`%${REMOVED}`}`,
    ),
  ])
  return { rules, withExclusions: excluding?.hosts ?? 0 }
}

/** Settings of Defender's of one kind: which reports are of them, and the name of each. */
type Settings = { are: Sql; name: Sql }
const RULES: Settings = { are: sql`p.policy_id IS NOT NULL`, name: sql`lower(p.policy_id)` }
/** `…\ASR\ASROnlyExclusions\C:\tools = 0x0`; `…\ASR\ASROnlyPerRuleExclusions\…` from one rule. */
const EXCLUSIONS: Settings = {
  are: sql`p.detail LIKE '%\\\\ASR\\\\ASROnly%Exclusions\\\\%'`,
  name: sql`lower(regexp_replace(p.detail, ' = [^=]*$', ''))`,
}

/** What each host said last of each setting. */
function lastReports(scope: Scope, { are, name }: Settings): Sql {
  return sql`SELECT DISTINCT ON (host_id, setting) p.host_id, ${name} AS setting, coalesce(p.detail, '') AS detail FROM policy_state p
    WHERE p.control = ${ASR} AND ${are} ${inScope(scope, sql`p.host_id`)} ORDER BY host_id, setting, p.occurred_at DESC, p.id DESC`
}
