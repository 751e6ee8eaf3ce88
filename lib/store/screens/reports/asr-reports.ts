import type { Scope } from '@/lib/pipeline/actor'
import { CONTROLS } from '@/lib/pipeline/event/event'
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
  /** Hosts that reported an exclusion for these rules alone. */
  withExclusions: number
}

const ASR = CONTROLS.indexOf('asr')

/** What Defender said of its rules when they were changed (event 5007); of a rule that was set before its log was sent nothing is known. */
export async function readAsrReports(scope: Scope): Promise<AsrReports> {
  const from = sql`FROM policy_state p WHERE p.control = ${ASR} ${inScope(scope, sql`p.host_id`)}`
  const [rules, excluding] = await Promise.all([
    rows<AsrRuleReports>(
      pool(),
      sql`SELECT id, count(*) FILTER (WHERE ${setTo(1)})::int AS blocks, count(*) FILTER (WHERE ${setTo(2)})::int AS audits,
            count(*) FILTER (WHERE ${setTo(6)})::int AS warns, count(*) FILTER (WHERE NOT (${setTo(1)} OR ${setTo(2)} OR ${setTo(6)}))::int AS off
          FROM (SELECT DISTINCT ON (p.host_id, lower(p.policy_id)) lower(p.policy_id) AS id, coalesce(p.detail, '') AS detail
            ${from} AND p.policy_id IS NOT NULL ORDER BY p.host_id, lower(p.policy_id), p.occurred_at DESC, p.id DESC) latest
          GROUP BY id ORDER BY id`,
    ),
    findRow<{ hosts: number }>(
      pool(),
      sql`SELECT count(DISTINCT p.host_id)::int AS hosts ${from} AND p.detail ILIKE '%\\\\ASR\\\\ASROnlyExclusions\\\\%'`,
    ),
  ])
  return { rules, withExclusions: excluding?.hosts ?? 0 }
}

/** Defender writes `…\ASR\Rules\GUID = 0x1`: 0 off, 1 block, 2 audit, 6 warn. */
function setTo(value: number): Sql {
  return sql`detail ~* ${`=\\s*(0x)?0*${value}\\s*$`}`
}
