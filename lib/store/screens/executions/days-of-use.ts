import type { Scope } from '@/lib/pipeline/actor'
import { dayNumber, dayOfNumber } from '@/lib/pipeline/days'
import { EVER, gatherByDay } from '@/lib/pipeline/decision/packed-days'
import { eachPackedDays } from '@/lib/store/packed-uses'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import {
  asksForKinds,
  binaryKinds,
  hostConditions,
  idIn,
  kindConditions,
  type NamedFilter,
} from './conditions'

export type Day = { day: string; executions: number }

/** Executions by day of some hosts, accounts, binaries or kinds of use, oldest first: from packed days of use, a tenth of the rows of `usage`. */
export async function countDaysOfUse(scope: Scope, filter: NamedFilter): Promise<Day[]> {
  const { fromUs, untilUs } = filter.window
  const { take, byDay } = gatherByDay(await findKinds(filter), {
    first: fromUs === null ? EVER.first : dayNumber(toTimestamp(fromUs).slice(0, 10)),
    last: untilUs === null ? EVER.last : dayNumber(toTimestamp(untilUs).slice(0, 10)) - 1,
  })
  await eachPackedDays(
    sql`true ${inScope(scope, sql`host_id`)} ${ofBinaries(filter)} ${hostConditions(filter, sql`host_id`)} ${idIn(filter.principals, sql`principal_id`)}`,
    take,
  )
  return byDay().map(({ day, executions }) => ({ day: dayOfNumber(day), executions }))
}

/** Ids of the kinds that are asked for; null = any of what else is. A library is its own kinds of what hosts it. */
async function findKinds(filter: NamedFilter): Promise<string[] | null> {
  if (!asksForKinds(filter) && !isHosted(filter)) return null
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM signature WHERE true ${binaryKinds(filter)} ${kindConditions(filter, sql`id`)}`,
  )
  return found.map(({ id }) => id)
}

function ofBinaries(filter: NamedFilter): Sql {
  const { entries } = filter
  return entries === null || isHosted(filter) ? empty : sql`AND entry_id = ANY(${[...entries.ids]}::int[])`
}

function isHosted({ entries }: NamedFilter): boolean {
  return entries !== null && entries.hostedIds.length > 0
}
