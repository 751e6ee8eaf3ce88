import type { Scope } from '@/lib/pipeline/actor'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { storableText } from '@/lib/pipeline/storable-text'
import { pool } from '@/lib/store/pool'
import { hostsOfGroups, inScope } from '@/lib/store/scope'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'
import { remembered } from '../remembered'

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
export function inView(scope: Scope, view: Omit<BinaryView, 'entryId'>, table: Sql): Sql {
  return sql`${inWindow(view.window, sql`${table}.day`)} ${ofHosts(scope, view, sql`${table}.host_id`)}`
}

/** `AND …` that keeps to the hosts in view; `column` is the host id column. */
export function ofHosts(scope: Scope, { host, group }: Pick<BinaryView, 'host' | 'group'>, column: Sql): Sql {
  return sql`${inScope(scope, column)}
    ${host === null ? empty : sql`AND ${column} = (SELECT id FROM host WHERE name = ${host})`}
    ${group === null ? empty : sql`AND ${column} IN (${hostsOfGroups([group])})`}`
}

/** Hosts that reported anything in the window: what shares are of. Groups by name. */
export type Reporting = { fleet: number; groups: readonly { id: number; name: string; hosts: number }[] }

export async function loadReporting(scope: Scope, window: DataWindow): Promise<Reporting> {
  return (await remembered('reporting hosts', scope, window, () => loadReportingNow(scope, window))).value
}

async function loadReportingNow(scope: Scope, window: DataWindow): Promise<Reporting> {
  const found = await rows<{ id: number | null; name: string | null; hosts: string }>(
    pool(),
    sql`SELECT g.id, g.name, count(*) AS hosts
        FROM (SELECT DISTINCT host_id FROM coverage WHERE true ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}) c
        LEFT JOIN host_group_member m ON m.host_id = c.host_id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        GROUP BY g.id ORDER BY g.name`,
  )
  const groups = found.flatMap(({ id, name, hosts }) =>
    id === null || name === null ? [] : [{ id, name, hosts: Number(hosts) }],
  )
  return { fleet: found.reduce((sum, { hosts }) => sum + Number(hosts), 0), groups }
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
        FROM catalogue_entry WHERE slug = ${storableText(slug)}`,
  )
}
