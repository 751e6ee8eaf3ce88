import type { Scope } from '@/lib/pipeline/actor'
import { REPORTING_SHARE } from '@/lib/pipeline/baseline/coverage'
import { TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import { type ExpectedKind, gapsOf } from '@/lib/pipeline/export/audit-config/gaps'
import { isCounted, loadCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, findDataSpan, lastDays } from './data-window'

/** Days back from the newest data that say what a host sends. */
const RECENT_DAYS = 7

/** Hosts that lack the same kinds of events. */
export type GapGroup = { gaps: readonly ExpectedKind[]; hosts: readonly { id: number; name: string }[] }

export type CollectionView = { window: DataWindow | null; groups: readonly GapGroup[] }

type Row = { id: number; name: string; kinds: number[]; creations: string | null; lines: string | null }

/** Every host in sight by what it does not send of what it should, most hosts first; those without a gap last. */
export async function loadCollectionGaps(scope: Scope): Promise<CollectionView> {
  const span = await findDataSpan(scope)
  if (span === null) return { window: null, groups: [] }
  const window = lastDays(span, RECENT_DAYS)
  const found = await rows<Row>(
    pool(),
    sql`WITH sent AS (
          SELECT host_id, array_agg(DISTINCT kind) AS kinds FROM telemetry
          WHERE day BETWEEN ${window.from}::date AND ${window.to}::date GROUP BY host_id),
        created AS (
          SELECT host_id, sum(creations) AS creations, sum(with_command_line) AS lines FROM (
            SELECT host_id, day, max(creations) AS creations, max(with_command_line) AS with_command_line FROM coverage
            WHERE day BETWEEN ${window.from}::date AND ${window.to}::date GROUP BY host_id, day) daily
          GROUP BY host_id)
        SELECT h.id, h.name, coalesce(s.kinds, '{}') AS kinds, c.creations, c.lines
        FROM host h LEFT JOIN sent s ON s.host_id = h.id LEFT JOIN created c ON c.host_id = h.id
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ${inScope(scope, sql`h.id`)} ORDER BY h.name`,
  )
  return { window, groups: grouped(found) }
}

function grouped(found: readonly Row[]): GapGroup[] {
  const byGaps = new Map<string, { gaps: ExpectedKind[]; hosts: { id: number; name: string }[] }>()
  for (const { id, name, ...sent } of found) {
    const gaps = gapsOfRow(sent)
    const group = byGaps.get(gaps.join()) ?? { gaps, hosts: [] }
    group.hosts.push({ id, name })
    byGaps.set(gaps.join(), group)
  }
  return [...byGaps.values()].sort(
    (a, b) => Number(a.gaps.length === 0) - Number(b.gaps.length === 0) || b.hosts.length - a.hosts.length,
  )
}

function gapsOfRow({ kinds, creations, lines }: Omit<Row, 'id' | 'name'>): ExpectedKind[] {
  const created = Number(creations ?? 0)
  const arrived = kinds.flatMap((kind) => TELEMETRY_KINDS[kind] ?? [])
  return gapsOf({
    kinds: created > 0 ? [...arrived, 'process-creation'] : arrived,
    withCommandLines: created > 0 && Number(lines ?? 0) >= created * REPORTING_SHARE,
  })
}

/** Entries of the catalogue that are watched. */
export async function loadWatched() {
  return { entries: (await loadCatalogue(pool())).filter(isCounted) }
}
