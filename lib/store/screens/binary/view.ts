import type { Scope } from '@/lib/pipeline/actor'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'
import { remembered } from '../remembered'
import type { Rollups } from './rollups'

/** What a page about one binary looks at. */
export type BinaryView = {
  entryId: number
  window: DataWindow
  /** Canonical host name; null = all. */
  host: string | null
  /** Host group by name; null = all. */
  group: string | null
}

/** Usage in view, as a table to select from. */
export function usageIn(scope: Scope, view: BinaryView): Sql {
  return sql`SELECT u.* FROM usage u WHERE u.entry_id = ${view.entryId} ${inView(scope, view, sql`u`)}`
}

/** `AND …` that keeps to the days and hosts in view; `table` has host_id and day. */
export function inView(scope: Scope, { window, host, group }: Omit<BinaryView, 'entryId'>, table: Sql): Sql {
  return sql`${inWindow(window, sql`${table}.day`)} ${inScope(scope, sql`${table}.host_id`)}
    ${host === null ? empty : sql`AND ${table}.host_id = (SELECT id FROM host WHERE name = ${host})`}
    ${group === null ? empty : sql`AND ${table}.host_id IN (${hostsOfGroup(group)})`}`
}

function hostsOfGroup(name: string): Sql {
  return sql`SELECT m.host_id FROM host_group_member m JOIN host_group g ON g.id = m.group_id WHERE m.valid_to IS NULL AND g.name = ${name}`
}

/** Hosts that reported anything in the window: what shares are of. */
export type Reporting = { fleet: number; groups: readonly { name: string; hosts: number }[] }

export async function loadReporting(scope: Scope, window: DataWindow): Promise<Reporting> {
  return (await remembered('reporting hosts', scope, window, () => loadReportingNow(scope, window))).value
}

async function loadReportingNow(scope: Scope, window: DataWindow): Promise<Reporting> {
  const found = await rows<{ name: string | null; hosts: string }>(
    pool(),
    sql`SELECT g.name, count(*) AS hosts
        FROM (SELECT DISTINCT host_id FROM coverage WHERE true ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}) c
        LEFT JOIN host_group_member m ON m.host_id = c.host_id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        GROUP BY g.name`,
  )
  const groups = found.flatMap(({ name, hosts }) => (name === null ? [] : [{ name, hosts: Number(hosts) }]))
  return { fleet: found.reduce((sum, { hosts }) => sum + Number(hosts), 0), groups }
}

/** Hosts of a group among them; null = none. */
export function reportingOf({ groups }: Reporting, group: string | null): number | null {
  return groups.find(({ name }) => name === group)?.hosts ?? null
}

/** `counted`: its executions are stored and scored. */
export type BinaryHeader = CatalogueEntry & { id: number; counted: boolean; retired: boolean }

/** The catalogue entry of a page; null when there is none. */
export async function findBinary(slug: string): Promise<BinaryHeader | null> {
  return await findRow<BinaryHeader>(
    pool(),
    sql`SELECT id, slug, name, kind, tier, platform, (retired_at IS NULL AND (tier = 'baseline' OR (tier = 'optional' AND enabled))) AS counted,
          retired_at IS NOT NULL AS retired, original_file_names AS "originalFileNames", paths, description, legitimate_use AS "legitimateUse",
          functions, attack, countermeasures, named_in_mission AS "namedInMission"
        FROM catalogue_entry WHERE slug = ${slug}`,
  )
}

export type ViewTotals = {
  executions: number
  hosts: number
  highestScoreMillibits: number
  lastAt: number | null
}

export async function loadTotals({ days, spans }: Rollups): Promise<ViewTotals> {
  const row = await findRow<{
    executions: string | null
    hosts: string
    score: number | null
    last_at: number | null
  }>(
    pool(),
    sql`SELECT sum(executions) AS executions, (SELECT count(*) FROM (SELECT DISTINCT host_id FROM (${spans}) s) h) AS hosts,
          max(score_millibits) AS score, max(last_at) AS last_at
        FROM (${days}) u`,
  )
  return {
    executions: Number(row?.executions ?? 0),
    hosts: Number(row?.hosts ?? 0),
    highestScoreMillibits: row?.score ?? 0,
    lastAt: row?.last_at ?? null,
  }
}

export type GroupSeries = { name: string; values: number[] }

/** Executions a day by host group, the busiest groups first; `days` gives the order of values. */
export async function loadUseByGroup(
  { days: used }: Rollups,
  days: readonly string[],
): Promise<GroupSeries[]> {
  const found = await rows<{ name: string; day: string; executions: string }>(
    pool(),
    sql`SELECT coalesce(g.name, 'No group') AS name, u.day, sum(u.executions) AS executions FROM (${used}) u
        LEFT JOIN host_group g ON g.id = u.group_id GROUP BY 1, 2`,
  )
  const byName = new Map<string, Map<string, number>>()
  for (const { name, day, executions } of found) {
    const counts = byName.get(name) ?? new Map<string, number>()
    byName.set(name, counts.set(day, Number(executions)))
  }
  return Array.from(byName, ([name, counts]) => ({
    name,
    values: days.map((day) => counts.get(day) ?? 0),
  })).sort((a, b) => total(b.values) - total(a.values))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
