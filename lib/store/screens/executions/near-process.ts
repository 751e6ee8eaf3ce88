import { type Sql, sql } from '@/lib/store/sql'
import type { ExecutionKey } from './search'

/** A process near an execution; `isExecution`: it is a proxy binary's, with a page of its own. */
export type NearProcess = {
  key: ExecutionKey
  isExecution: boolean
  pid: string | null
  image: string
  commandLine: string | null
  user: string | null
}

export type NearRow = {
  host_id: number
  occurred_at: number
  id: string
  pid: string | null
  path: string
  command_line: string | null
  user_name: string | null
  is_execution: boolean
}

/** Two sensors' records of one process are written within this. */
const SAME_PROCESS_US = 2_000_000

/** What to select from `creation p` with PROCESS_DICTIONARIES. */
export const PROCESS_COLUMNS: Sql = sql`p.host_id, p.occurred_at, p.id, p.pid, i.path, p.command_line, u.name AS user_name, p.is_execution`
export const PROCESS_DICTIONARIES: Sql = sql`JOIN image i ON i.id = p.image_id LEFT JOIN person u ON u.id = p.principal_id`

/** One process that several sensors reported is shown once. */
export function withoutTwins(processes: readonly NearProcess[]): NearProcess[] {
  const kept: NearProcess[] = []
  for (const process of processes) {
    const twin = kept.some(
      (other) =>
        other.pid === process.pid &&
        other.image.toLowerCase() === process.image.toLowerCase() &&
        Math.abs(other.key.occurredAtUs - process.key.occurredAtUs) <= SAME_PROCESS_US,
    )
    if (!twin) kept.push(process)
  }
  return kept
}

export function toNearProcess(row: NearRow): NearProcess {
  return {
    key: { hostId: row.host_id, occurredAtUs: row.occurred_at, id: row.id },
    isExecution: row.is_execution,
    pid: row.pid,
    image: row.path,
    commandLine: row.command_line,
    user: row.user_name,
  }
}
