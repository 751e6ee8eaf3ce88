import type { Scope } from '@/lib/pipeline/actor'
import { type Contact, destinationValue } from '@/lib/pipeline/baseline/trait/destination-trait'
import { classifyPath } from '@/lib/pipeline/normalise/command-line/path-class'
import { hostsOfGroups, inScope } from '@/lib/store/scope'
import type { DataWindow } from '@/lib/store/screens/data-window'
import { containing } from '@/lib/store/screens/like'
import { matching, type TableRequest } from '@/lib/store/screens/table-request'
import { empty, type Sql, sql } from '@/lib/store/sql'
import { safeText } from './copy-out'
import { partsOfField, type ToField } from './last-field'
import { timeText } from './time-text'
import { inside } from './use'

type Asked = Pick<TableRequest, 'q' | 'filters'>

/** The last columns of each: how often and when. */
const EXTENT = sql`sum(u.executions) AS executions, count(DISTINCT u.host_id) AS hosts, count(DISTINCT u.day) AS days,
  ${timeText(sql`min(u.first_at)`)} AS first_seen, ${timeText(sql`max(u.last_at)`)} AS last_seen`

/** Rows `u` of a rollup of actions with their binary, on hosts and days that are asked for. `searched`: what the search is for. */
function actions(
  scope: Scope,
  { q, filters }: Asked,
  window: DataWindow | null,
  { of, searched }: { of: Sql; searched: Sql },
): Sql {
  const { host, group } = filters
  return sql`FROM ${of} JOIN catalogue_entry c ON c.id = u.entry_id
    WHERE true ${inside(window, sql`u.day`)} ${inScope(scope, sql`u.host_id`)} ${matching({ filters }, 'binary', sql`c.slug`)}
      ${host === undefined ? empty : sql`AND u.host_id IN (SELECT h.id FROM host h WHERE true ${matching({ filters }, 'host', sql`h.name`)})`}
      ${group === undefined ? empty : sql`AND u.host_id IN (${hostsOfGroups(group)})`}
      ${q === '' ? empty : sql`AND ${searched} ILIKE ${containing(q)}`}`
}

/** Where a file lies, as pages have it. */
export const toFolder: ToField = ([path]) => classifyPath(path as string)

/** How the baseline sees a destination; null = it does not. */
export const toCountsAs: ToField = ([name, ip, port, initiated]) =>
  destinationValue({ name, ip, port, initiated } as Contact)

/** Notable files that processes of each binary loaded, as its page shows them: unsigned ones first. */
export function modulesQuery(scope: Scope, asked: Asked, window: DataWindow | null): Sql {
  const of = sql`module_use u JOIN module m ON m.id = u.module_id`
  return sql`SELECT c.slug AS binary, ${safeText(sql`m.path`)} AS module, m.signed, ${safeText(sql`m.signer`)} AS signer,
      ${safeText(sql`m.signature_status`)} AS signature_status, ${EXTENT}, ${partsOfField(sql`m.path`)} AS folder
    ${actions(scope, asked, window, { of, searched: sql`m.path` })}
    GROUP BY c.slug, m.path, m.signed, m.signer, m.signature_status
    ORDER BY c.slug, (m.signed IS FALSE) DESC, executions DESC, m.path, m.signer, m.signature_status`
}

/** Where processes of each binary led, as its page shows it: a place is its name, or its address where it has none. */
export function destinationsQuery(scope: Scope, asked: Asked, window: DataWindow | null): Sql {
  const of = sql`network_use u JOIN destination d ON d.id = u.destination_id`
  return sql`SELECT c.slug AS binary, ${safeText(sql`d.protocol`)} AS protocol, ${safeText(sql`nullif(u.name, '')`)} AS name, ${safeText(sql`min(d.ip)`)} AS ip,
      count(DISTINCT d.ip) AS addresses, d.port, d.initiated, sum(u.events) AS events, sum(u.blocked) AS blocked, ${EXTENT},
      ${partsOfField(sql`nullif(u.name, ''), min(d.ip), d.port, d.initiated`)} AS counts_as
    ${actions(scope, asked, window, { of, searched: sql`concat_ws(' ', u.name, d.ip)` })}
    GROUP BY c.slug, d.protocol, u.name, CASE WHEN u.name = '' THEN d.ip END, d.port, d.initiated
    ORDER BY c.slug, executions DESC, u.name, min(d.ip), d.port, d.protocol, d.initiated`
}

/** Programs that processes of each binary started within their first hour, as its page shows them. */
export function programsQuery(scope: Scope, asked: Asked, window: DataWindow | null): Sql {
  const of = sql`child_use u JOIN image i ON i.id = u.image_id`
  return sql`SELECT c.slug AS binary, ${safeText(sql`i.path`)} AS program, ${EXTENT}, ${partsOfField(sql`i.path`)} AS folder
    ${actions(scope, asked, window, { of, searched: sql`i.path` })}
    GROUP BY c.slug, i.path ORDER BY c.slug, executions DESC, i.path`
}
