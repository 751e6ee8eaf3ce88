import type pg from 'pg'
import { TELEMETRY_KINDS, type TelemetryKind } from '@/lib/pipeline/event/event'
import type { HostRef } from '@/lib/store/hosts'
import { toTimestamp } from '@/lib/store/pool'
import { type Db, execute, sql } from '@/lib/store/sql'
import type { IncomingCreation, PlacedCreation } from './creation-row'
import type { IncomingTelemetry } from './telemetry'

/** What a batch tells of one name. Times in µs. */
type Told = { firstAtUs: number; lastAtUs: number; kinds: number; executions: number }

/** What a batch tells of hosts, known or not: creations, of which some are new executions, and that other kinds of events arrived. */
export type TellingOfHosts = {
  placed: readonly PlacedCreation[]
  newExecutions: ReadonlySet<IncomingCreation>
  telemetry: readonly { incoming: IncomingTelemetry; host: HostRef }[]
}

/** A kind's bit in `import_host.kinds`. */
export function bitOf(kind: TelemetryKind): number {
  return 1 << TELEMETRY_KINDS.indexOf(kind)
}

/** Notes of which hosts a file tells; once a batch, in its transaction, since executions add up. */
export async function noteHosts(
  client: pg.PoolClient,
  importFileId: number,
  telling: TellingOfHosts,
): Promise<void> {
  // whoever holds a host's lock writes of its names alone
  const told = [...gather(telling)].sort(([a], [b]) => a - b)
  if (told.length === 0) return
  await execute(
    client,
    sql`INSERT INTO import_host AS h (file_id, alias_id, first_at, last_at, kinds, executions)
        SELECT ${importFileId}::int, * FROM unnest(${told.map(([aliasId]) => aliasId)}::int[],
          ${told.map(([, { firstAtUs }]) => toTimestamp(firstAtUs))}::timestamptz[], ${told.map(([, { lastAtUs }]) => toTimestamp(lastAtUs))}::timestamptz[],
          ${told.map(([, { kinds }]) => kinds)}::smallint[], ${told.map(([, { executions }]) => executions)}::int[])
        ON CONFLICT (file_id, alias_id) DO UPDATE SET first_at = least(h.first_at, excluded.first_at), last_at = greatest(h.last_at, excluded.last_at),
          kinds = h.kinds | excluded.kinds, executions = h.executions + excluded.executions`,
  )
}

function gather({ placed, newExecutions, telemetry }: TellingOfHosts): Map<number, Told> {
  const byName = new Map<number, Told>()
  const add = ({ aliasId }: HostRef, { firstAtUs, lastAtUs, kinds, executions }: Told) => {
    const known = byName.get(aliasId)
    if (known === undefined) {
      byName.set(aliasId, { firstAtUs, lastAtUs, kinds, executions })
      return
    }
    known.firstAtUs = Math.min(known.firstAtUs, firstAtUs)
    known.lastAtUs = Math.max(known.lastAtUs, lastAtUs)
    known.kinds |= kinds
    known.executions += executions
  }
  for (const { creation, host } of placed) {
    const { us } = creation.event.time
    const executions = newExecutions.has(creation) ? 1 : 0
    add(host, { firstAtUs: us, lastAtUs: us, kinds: bitOf('process-creation'), executions })
  }
  for (const { incoming, host } of telemetry)
    add(host, { ...incoming, kinds: bitOf(incoming.kind), executions: 0 })
  return byName
}

/** Forgets what was told of days before one alone, whose facts are let go of. */
export async function forgetOldHosts(db: Db, beforeDay: string): Promise<void> {
  await execute(
    db,
    sql`DELETE FROM import_host WHERE last_at < ${beforeDay}::date::timestamp AT TIME ZONE 'UTC'`,
  )
}
