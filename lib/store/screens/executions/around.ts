import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { plannedRows, type Sql, sql } from '@/lib/store/sql'
import {
  type NearProcess,
  type NearRow,
  PROCESS_COLUMNS,
  PROCESS_DICTIONARIES,
  toNearProcess,
  withoutTwins,
} from './near-process'
import type { ExecutionKey } from './search'

/** Minutes before and after that count as around. */
export const AROUND_MINUTES = 10
/** Processes listed on each side, the nearest ones. */
const MAX_EACH_SIDE = 100

/** What started on a host around a moment, in order of time. */
export type Around = {
  before: NearProcess[]
  after: NearProcess[]
  /** More started on that side than are listed. */
  moreBefore: boolean
  moreAfter: boolean
}

/** Process creations on the host of an execution within ten minutes of it, proxy binary or not; itself left out. */
export async function findAround(scope: Scope, key: ExecutionKey, pid: string | null): Promise<Around> {
  const at = sql`${toTimestamp(key.occurredAtUs)}::timestamptz`
  const reach = sql`make_interval(mins => ${AROUND_MINUTES}::int)`
  const [before, after] = await Promise.all([
    findSide(scope, key, sql`p.occurred_at < ${at} AND p.occurred_at >= ${at} - ${reach}`, sql`DESC`),
    findSide(scope, key, sql`p.occurred_at >= ${at} AND p.occurred_at <= ${at} + ${reach}`, sql`ASC`),
  ])
  const others = (processes: readonly NearProcess[]) =>
    withoutTwins(processes).filter((one) => one.key.id !== key.id && (pid === null || one.pid !== pid))
  return {
    before: others(before.slice(0, MAX_EACH_SIDE).reverse()),
    after: others(after.slice(0, MAX_EACH_SIDE)),
    moreBefore: before.length > MAX_EACH_SIDE,
    moreAfter: after.length > MAX_EACH_SIDE,
  }
}

async function findSide(
  scope: Scope,
  { hostId }: ExecutionKey,
  condition: Sql,
  order: Sql,
): Promise<NearProcess[]> {
  const found = await plannedRows<NearRow>(
    pool(),
    sql`SELECT ${PROCESS_COLUMNS} FROM creation p ${PROCESS_DICTIONARIES}
        WHERE p.host_id = ${hostId} AND ${condition} ${inScope(scope, sql`p.host_id`)}
        ORDER BY p.occurred_at ${order}, p.id ${order} LIMIT ${MAX_EACH_SIDE + 1}`,
  )
  return found.map(toNearProcess)
}
