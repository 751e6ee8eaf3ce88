import type { Scope } from '@/lib/pipeline/actor'
import { SENSORS, type Sensor } from '@/lib/pipeline/event/event'
import { storableText } from '@/lib/pipeline/storable-text'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'

export type HostHeader = {
  id: number
  name: string
  group: string | null
  groupId: number | null
  /** Day of joining the group, 'YYYY-MM-DD'. */
  groupSince: string | null
  aliases: { alias: string; pinned: boolean }[]
  /** The host that this one has become. */
  mergedInto: number | null
}

/** A host that the actor may see; null else. */
export async function findHost(scope: Scope, id: number): Promise<HostHeader | null> {
  const row = await findRow<{
    id: number
    name: string
    group_name: string | null
    group_id: number | null
    since: string | null
    aliases: { alias: string; pinned: boolean }[] | null
    merged_into: number | null
  }>(
    pool(),
    sql`SELECT h.id, h.name, h.merged_into, g.name AS group_name, g.id AS group_id, m.valid_from AS since,
          (SELECT jsonb_agg(jsonb_build_object('alias', a.alias, 'pinned', a.pinned) ORDER BY a.alias) FROM host_alias a
            WHERE a.host_id = h.id) AS aliases
        FROM host h LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        WHERE h.id = ${id} ${inScope(scope, sql`h.id`)}`,
  )
  return (
    row && {
      id: row.id,
      name: row.name,
      group: row.group_name,
      groupId: row.group_id,
      groupSince: row.since,
      aliases: row.aliases ?? [],
      mergedInto: row.merged_into,
    }
  )
}

/** The id of the one host that an actor may see under a name, whole or without its domain, in any case; null = none, or several. */
export async function findHostNamed(scope: Scope, name: string): Promise<number | null> {
  const found = await rows<{ host_id: number }>(
    pool(),
    sql`SELECT DISTINCT host_id FROM host_alias
        WHERE lower(${storableText(name)}) IN (lower(alias), lower(split_part(alias, '.', 1))) ${inScope(scope, sql`host_id`)} LIMIT 2`,
  )
  return found.length === 1 ? (found[0]?.host_id ?? null) : null
}

export type CoverageDay = {
  day: string
  creations: number
  withCommandLine: number
  withParent: number
  withHash: number
  /** The newest creation, µs. */
  lastAt: number
}
export type SensorCoverage = { sensor: Sensor; days: CoverageDay[] }

/** What a host's sensors gave, by sensor and day; days without anything are missing. */
export async function loadCoverageOf(
  scope: Scope,
  hostId: number,
  window: DataWindow,
): Promise<SensorCoverage[]> {
  const found = await rows<{
    sensor: number
    day: string
    creations: number
    with_command_line: number
    with_parent: number
    with_hash: number
    last_at: number
  }>(
    pool(),
    sql`SELECT sensor, day, creations, with_command_line, with_parent, with_hash, last_at FROM coverage
        WHERE host_id = ${hostId} ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)} ORDER BY sensor, day`,
  )
  return SENSORS.flatMap((sensor, index) => {
    const days = found.filter((row) => row.sensor === index)
    if (days.length === 0) return []
    return {
      sensor,
      days: days.map((row) => ({
        day: row.day,
        creations: row.creations,
        withCommandLine: row.with_command_line,
        withParent: row.with_parent,
        withHash: row.with_hash,
        lastAt: row.last_at,
      })),
    }
  })
}
