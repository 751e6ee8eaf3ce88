import type { Scope } from '@/lib/pipeline/actor'
import { REPORTING_SHARE } from '@/lib/pipeline/baseline/coverage'
import { TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import { type ExpectedKind, gapsOf } from '@/lib/pipeline/export/audit-config/gaps'
import { isCounted, loadCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, findDataSpan, lastDays } from './data-window'
import { lastSeenOf } from './hosts'
import { parseTableRequest, type SearchParams, type TableRequest } from './table-request'

/** Days back from the newest data that say what a host sends. */
const RECENT_DAYS = 7

/** Hosts that lack the same kinds of events. */
export type GapGroup = { gaps: readonly ExpectedKind[]; hosts: readonly { id: number; name: string }[] }

/** A host, with what it does not send of what it should. */
export type SendingHost = {
  id: number
  name: string
  group: string | null
  gaps: readonly ExpectedKind[]
  /** µs since 1970 of the last event, of any kind and day; null = none is known. */
  lastAt: number | null
}

export type CollectionView = {
  window: DataWindow | null
  groups: readonly GapGroup[]
  /** By name. */
  hosts: readonly SendingHost[]
}

type Row = Omit<SendingHost, 'gaps'> & { kinds: number[]; creations: string | null; lines: string | null }

/** Every host in sight with what it does not send of what it should; and grouped by that, most hosts first, those without a gap last. */
export async function loadCollectionGaps(scope: Scope): Promise<CollectionView> {
  const span = await findDataSpan(scope)
  if (span === null) return { window: null, groups: [], hosts: [] }
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
        SELECT h.id, h.name, g.name AS group, coalesce(s.kinds, '{}') AS kinds, c.creations, c.lines, ${lastSeenOf(sql`h.id`)} AS "lastAt"
        FROM host h LEFT JOIN sent s ON s.host_id = h.id LEFT JOIN created c ON c.host_id = h.id
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ${inScope(scope, sql`h.id`)} ORDER BY h.name`,
  )
  const hosts = found.map(({ kinds, creations, lines, ...host }) => ({
    ...host,
    gaps: gapsOfRow({ kinds, creations, lines }),
  }))
  return { window, groups: grouped(hosts), hosts }
}

export const SENDING_FILTERS = ['missing', 'group'] as const

/** Reads the URL of the table of hosts and what they send. */
export function parseSendingRequest(params: SearchParams): TableRequest<'name' | 'gaps' | 'last'> {
  return parseTableRequest(params, {
    sorts: ['name', 'gaps', 'last'],
    defaultSort: 'gaps',
    filters: SENDING_FILTERS,
  })
}

/** The hosts that a request asks for, and how many there are on all pages. `missing`: 'any', 'none', or kinds of which one is missing. */
export function pageOfHosts(
  hosts: readonly SendingHost[],
  { q, filters, sort, descending, page, pageSize }: TableRequest<'name' | 'gaps' | 'last'>,
): { rows: SendingHost[]; total: number } {
  const { missing, group } = filters
  const lacks = ({ gaps }: SendingHost, asked: string) =>
    asked === 'any'
      ? gaps.length > 0
      : asked === 'none'
        ? gaps.length === 0
        : (gaps as readonly string[]).includes(asked)
  const found = hosts.filter(
    (host) =>
      host.name.toLowerCase().includes(q.toLowerCase()) &&
      (missing === undefined || missing.some((asked) => lacks(host, asked))) &&
      (group === undefined || (host.group !== null && group.includes(host.group))),
  )
  const key = (host: SendingHost) =>
    sort === 'gaps' ? host.gaps.length : sort === 'last' ? (host.lastAt ?? 0) : 0
  // hosts come by name, and sorting keeps that among equals
  const ordered = found.toSorted((a, b) => (descending ? key(b) - key(a) : key(a) - key(b)))
  if (sort === 'name' && descending) ordered.reverse()
  return { rows: ordered.slice((page - 1) * pageSize, page * pageSize), total: found.length }
}

function grouped(hosts: readonly SendingHost[]): GapGroup[] {
  const byGaps = new Map<string, { gaps: readonly ExpectedKind[]; hosts: { id: number; name: string }[] }>()
  for (const { id, name, gaps } of hosts) {
    const group = byGaps.get(gaps.join()) ?? { gaps, hosts: [] }
    group.hosts.push({ id, name })
    byGaps.set(gaps.join(), group)
  }
  return [...byGaps.values()].sort(
    (a, b) => Number(a.gaps.length === 0) - Number(b.gaps.length === 0) || b.hosts.length - a.hosts.length,
  )
}

function gapsOfRow({ kinds, creations, lines }: Pick<Row, 'kinds' | 'creations' | 'lines'>): ExpectedKind[] {
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
