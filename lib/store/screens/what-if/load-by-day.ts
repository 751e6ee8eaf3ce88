import type { Scope } from '@/lib/pipeline/actor'
import { dayNumber } from '@/lib/pipeline/days'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { gatherSparedDays } from '@/lib/pipeline/decision/packed-days'
import { eachPackedDays } from '@/lib/store/packed-uses'
import { empty, type Sql, sql } from '@/lib/store/sql'
import { inputTables, isInterrupted, joinInput, judgedBy, type ReplayInput } from './replay-input'
import { replayRows } from './replay-rows'

/** Executions of a day that the first plan interrupts, those of which its control cannot be told, and all in its scope. */
export type DayOfReplay = { day: string; interrupted: number; unknown: number; executions: number }

type Row = Record<keyof DayOfReplay, string>

/**
 * The replay by day: from the rollup by group, less what exceptions for single hosts and people spare; a block of single hosts from their own days.
 */
export async function loadByDay(
  scope: Scope,
  block: DecisionScope,
  input: ReplayInput,
): Promise<DayOfReplay[]> {
  const [found, spared] =
    block.kind === 'hosts'
      ? [await replayRows<Row>(ofHosts(input)), null]
      : await Promise.all([replayRows<Row>(ofGroups(scope, block, input)), loadSparedDays(input)])
  return found.map((row) => ({
    day: row.day,
    interrupted: Number(row.interrupted) - (spared?.get(dayNumber(row.day)) ?? 0),
    unknown: Number(row.unknown),
    executions: Number(row.executions),
  }))
}

/** Whatever is spared of it: an exception spares nothing where the control cannot be told. */
const UNKNOWN = sql`coalesce(sum(u.executions) FILTER (WHERE k.stopped & 1 = 0 AND k.unknown & 1 = 1), 0)`

function ofHosts(input: ReplayInput): Sql {
  const { joins, bits } = joinInput(input)
  return sql`WITH ${inputTables(input)}
    SELECT u.day, coalesce(sum(u.executions) FILTER (WHERE ${isInterrupted(input, bits)}), 0) AS interrupted, ${UNKNOWN} AS unknown, sum(u.executions) AS executions
    FROM usage u ${joins} WHERE u.entry_id = ${input.entryId} AND u.host_id = ANY(${input.hosts.ids}::int[]) GROUP BY u.day ORDER BY u.day`
}

function ofGroups(scope: Scope, block: DecisionScope, input: ReplayInput): Sql {
  const groups = groupsOf(scope, block)
  return sql`WITH ${inputTables(input)},
    team AS MATERIALIZED (SELECT * FROM unnest(${input.groups.ids}::int[], ${input.groups.bits}::int[]) AS t(group_id, bits))
    SELECT u.day, sum(u.executions) AS executions, ${UNKNOWN} AS unknown,
      coalesce(sum(u.executions) FILTER (WHERE k.stopped & 1 = 1 AND (k.bits | coalesce(t.bits, 0)) & ${input.expressible}::int = 0), 0) AS interrupted
    FROM use_day u JOIN kind k ON k.signature_id = u.signature_id LEFT JOIN team t ON t.group_id = u.group_id
    WHERE u.entry_id = ${input.entryId} ${groups === null ? empty : sql`AND u.group_id = ANY(${groups}::int[])`} GROUP BY u.day ORDER BY u.day`
}

/** By day since 1970: an account may be on every host. */
async function loadSparedDays(input: ReplayInput): Promise<ReadonlyMap<number, number>> {
  const { entryId, singleHosts: hostIds, people, groups, kinds } = input
  const ofGroups = new Map(groups.ids.map((id, at) => [id, groups.bits[at] ?? 0]))
  if (hostIds.length + people.ids.length === 0) return new Map()
  const { take, byDay } = gatherSparedDays(judgedBy(input), kinds.ids, ofGroups)
  await eachPackedDays(
    sql`entry_id = ${entryId} AND (host_id = ANY(${hostIds}::int[]) OR principal_id = ANY(${people.ids}::bigint[]))`,
    take,
  )
  return byDay
}

/** Groups that both the actor and the block speak of; null = all hosts. */
function groupsOf(scope: Scope, block: DecisionScope): number[] | null {
  const seen = scope.kind === 'all' ? null : scope.groupIds
  if (block.kind !== 'groups') return seen && [...seen]
  return block.ids.filter((id) => seen === null || seen.includes(id))
}
