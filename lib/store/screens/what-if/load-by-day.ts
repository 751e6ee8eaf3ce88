import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { empty, type Sql, sql } from '@/lib/store/sql'
import { inputTables, isInterrupted, joinInput, type ReplayInput } from './replay-input'
import { replayRows } from './replay-rows'

/** Executions of a day that the first plan interrupts, and all in its scope. */
export type DayOfReplay = { day: string; interrupted: number; executions: number }

type Row = { day: string; interrupted: string; executions: string }

/**
 * The replay by day: from the rollup by group, less what exceptions for single hosts and people spare; a block of single hosts from their own days.
 */
export async function loadByDay(
  scope: Scope,
  block: DecisionScope,
  input: ReplayInput,
): Promise<DayOfReplay[]> {
  const found = await replayRows<Row>(block.kind === 'hosts' ? ofHosts(input) : ofGroups(scope, block, input))
  return found.map((row) => ({
    day: row.day,
    interrupted: Number(row.interrupted),
    executions: Number(row.executions),
  }))
}

function ofHosts(input: ReplayInput): Sql {
  const { joins, bits } = joinInput(input)
  return sql`WITH ${inputTables(input)}
    SELECT u.day, coalesce(sum(u.executions) FILTER (WHERE ${isInterrupted(input, bits)}), 0) AS interrupted, sum(u.executions) AS executions
    FROM usage u ${joins} WHERE u.entry_id = ${input.entryId} AND u.host_id = ANY(${input.hosts.ids}::int[]) GROUP BY u.day ORDER BY u.day`
}

function ofGroups(scope: Scope, block: DecisionScope, input: ReplayInput): Sql {
  const { joins, bits } = joinInput(input)
  const groups = groupsOf(scope, block)
  return sql`WITH ${inputTables(input)},
    team AS MATERIALIZED (SELECT * FROM unnest(${input.groups.ids}::int[], ${input.groups.bits}::int[]) AS t(group_id, bits)),
    whole AS (
      SELECT u.day, sum(u.executions) FILTER (WHERE k.stopped & 1 = 1 AND (k.bits | coalesce(t.bits, 0)) & ${input.expressible}::int = 0) AS interrupted,
        sum(u.executions) AS executions
      FROM use_day u JOIN kind k ON k.signature_id = u.signature_id LEFT JOIN team t ON t.group_id = u.group_id
      WHERE u.entry_id = ${input.entryId} ${groups === null ? empty : sql`AND u.group_id = ANY(${groups}::int[])`} GROUP BY u.day),
    single AS MATERIALIZED (
      SELECT host_id FROM unnest(${input.singleHosts}::int[]) AS s(host_id)
      UNION SELECT host_id FROM host_use WHERE entry_id = ${input.entryId} AND principal_id = ANY(${input.people.ids}::bigint[])),
    less AS (
      SELECT u.day, sum(u.executions) AS executions FROM usage u ${joins} LEFT JOIN team t ON t.group_id = l.group_id
      WHERE u.entry_id = ${input.entryId} AND u.host_id IN (SELECT host_id FROM single)
        AND k.stopped & 1 = 1 AND (k.bits | coalesce(t.bits, 0)) & ${input.expressible}::int = 0 AND ${bits} & ${input.expressible}::int <> 0
      GROUP BY u.day)
    SELECT day, coalesce(whole.interrupted, 0) - coalesce(less.executions, 0) AS interrupted, whole.executions
    FROM whole LEFT JOIN less USING (day) ORDER BY day`
}

/** Groups that both the actor and the block speak of; null = all hosts. */
function groupsOf(scope: Scope, block: DecisionScope): number[] | null {
  const seen = scope.kind === 'all' ? null : scope.groupIds
  if (block.kind !== 'groups') return seen && [...seen]
  return block.ids.filter((id) => seen === null || seen.includes(id))
}
