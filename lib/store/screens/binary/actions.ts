import type { Scope } from '@/lib/pipeline/actor'
import { destinationValue } from '@/lib/pipeline/baseline/trait/destination-trait'
import { TELEMETRY_KINDS, type TelemetryKind } from '@/lib/pipeline/event/event'
import { classifyPath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { pool } from '@/lib/store/pool'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { inWindow } from '../data-window'
import { type Remembered, remembered } from '../remembered'
import { type BinaryView, inView, ofHosts } from './view'

/** Rows that a page lists of each kind of action; all are counted. */
const MAX_ACTIONS = 100

/** What a list shows, and how many there are in all. */
export type Listed<Row> = { rows: Row[]; total: number }

/** Of one action: how often and when; times in microseconds since 1970. */
type Extent = { hosts: number; days: number; executions: number; firstAt: number; lastAt: number }

export type ModuleUse = Extent & {
  path: string
  folder: PathClass
  signed: boolean | null
  signer: string | null
  /** As the sensor says, lower-case: valid, expired …; null = not reported. */
  status: string | null
}

export type NetworkUse = Extent & {
  /** tcp, udp …; dns = the name was asked for; null = not reported. */
  protocol: string | null
  name: string | null
  /** One of its addresses; null where a name was only asked for. */
  ip: string | null
  addresses: number
  port: number | null
  initiated: boolean | null
  events: number
  blocked: number
  /** As the baseline counts it; null = it does not. */
  value: string | null
}

export type ChildUse = Extent & { path: string; folder: PathClass }

/** Hosts in view that send what each list is made of. */
export type ActionTelemetry = { hosts: number; modules: number; network: number; creations: number }

type ExtentRow = {
  hosts: string
  days: string
  executions: string
  first_at: number
  last_at: number
  total: string
}

const EXTENT = sql`count(DISTINCT u.host_id) AS hosts, count(DISTINCT u.day) AS days, sum(u.executions) AS executions,
  min(u.first_at) AS first_at, max(u.last_at) AS last_at, count(*) OVER () AS total`

/** What its processes did once they ran, and who reports it. */
export type ActionsOf = {
  modules: Listed<ModuleUse>
  network: Listed<NetworkUse>
  programs: Listed<ChildUse>
  telemetry: ActionTelemetry
}

export function loadActions(scope: Scope, view: BinaryView, slug: string): Promise<Remembered<ActionsOf>> {
  return remembered('actions of a binary', scope, { view, slug }, async () => {
    const [modules, network, programs, telemetry] = await Promise.all([
      loadModuleUse(scope, view),
      loadNetworkUse(scope, view),
      loadChildUse(scope, view),
      countActionTelemetry(scope, view, slug),
    ])
    return { modules, network, programs, telemetry }
  })
}

/**
 * `WITH …, extent AS …` of things by the least id of those that are one to a page. `used`: rows with `id`, host_id, day, executions, first_at and last_at; `things`:
 * id and `least`. Many rows are folded by numbers, before anything is told apart by its texts.
 */
function extents(used: Sql, things: Sql): Sql {
  return sql`WITH used AS NOT MATERIALIZED (${used}),
        by_day AS MATERIALIZED (
          SELECT id, day, sum(executions) AS executions, min(first_at) AS first_at, max(last_at) AS last_at FROM used GROUP BY id, day),
        thing AS MATERIALIZED (SELECT * FROM (${things} WHERE id IN (SELECT id FROM by_day)) t),
        by_host AS (
          SELECT least, count(DISTINCT host_id) AS hosts FROM (SELECT DISTINCT id, host_id FROM used) u JOIN thing USING (id) GROUP BY least),
        extent AS (
          SELECT least, hosts, count(DISTINCT day) AS days, sum(executions) AS executions, min(first_at) AS first_at, max(last_at) AS last_at,
            count(*) OVER () AS total FROM by_day JOIN thing USING (id) JOIN by_host USING (least) GROUP BY least, hosts)`
}

/** Notable files that its processes loaded: unsigned ones first, then the most used. */
export async function loadModuleUse(scope: Scope, view: BinaryView): Promise<Listed<ModuleUse>> {
  const found = await rows<ExtentRow & Omit<ModuleUse, keyof Extent | 'folder'>>(
    pool(),
    sql`${extents(
      sql`SELECT t.*, t.module_id AS id FROM module_use t WHERE t.entry_id = ${view.entryId} ${inView(scope, view, sql`t`)}`,
      sql`SELECT id, min(id) OVER (PARTITION BY path, signed, signer, signature_status) AS least FROM module`,
    )}
        SELECT m.path, m.signed, m.signer, m.signature_status AS status, u.* FROM extent u JOIN module m ON m.id = u.least
        ORDER BY (m.signed IS FALSE) DESC, executions DESC, m.path LIMIT ${MAX_ACTIONS}`,
  )
  return toListed(found, ({ path, signed, signer, status }) => ({
    path,
    folder: classifyPath(path),
    signed,
    signer,
    status,
  }))
}

/** Where its processes led: a place is its name, or its address where it has none, with protocol, port and direction. */
export async function loadNetworkUse(scope: Scope, view: BinaryView): Promise<Listed<NetworkUse>> {
  const found = await rows<
    ExtentRow &
      Pick<NetworkUse, 'protocol' | 'name' | 'ip' | 'port' | 'initiated'> &
      Record<'addresses' | 'events' | 'blocked', string>
  >(
    pool(),
    sql`SELECT d.protocol, nullif(u.name, '') AS name, min(d.ip) AS ip, count(DISTINCT d.ip) AS addresses, d.port, d.initiated,
          sum(u.events) AS events, sum(u.blocked) AS blocked, ${EXTENT}
        FROM network_use u JOIN destination d ON d.id = u.destination_id WHERE u.entry_id = ${view.entryId} ${inView(scope, view, sql`u`)}
        GROUP BY d.protocol, u.name, CASE WHEN u.name = '' THEN d.ip END, d.port, d.initiated
        ORDER BY executions DESC, u.name, ip, d.port LIMIT ${MAX_ACTIONS}`,
  )
  return toListed(found, (row) => ({
    protocol: row.protocol,
    name: row.name,
    ip: row.ip,
    addresses: Number(row.addresses),
    port: row.port,
    initiated: row.initiated,
    events: Number(row.events),
    blocked: Number(row.blocked),
    value: destinationValue(row),
  }))
}

/** Programs that its processes started within their first hour, the most used first. */
export async function loadChildUse(scope: Scope, view: BinaryView): Promise<Listed<ChildUse>> {
  const found = await rows<ExtentRow & { path: string }>(
    pool(),
    sql`${extents(
      sql`SELECT t.*, t.image_id AS id FROM child_use t WHERE t.entry_id = ${view.entryId} ${inView(scope, view, sql`t`)}`,
      sql`SELECT id, min(id) OVER (PARTITION BY path) AS least FROM image`,
    )}
        SELECT i.path, u.* FROM extent u JOIN image i ON i.id = u.least ORDER BY executions DESC, i.path LIMIT ${MAX_ACTIONS}`,
  )
  return toListed(found, ({ path }) => ({ path, folder: classifyPath(path) }))
}

/** How many hosts in view send module loads of this binary, connections or queries, and process creations: of those, `coverage` tells. */
export async function countActionTelemetry(
  scope: Scope,
  view: BinaryView,
  slug: string,
): Promise<ActionTelemetry> {
  // host by host: the first of such a kind says it, of some hundreds
  const sends = (what: Sql) =>
    sql`EXISTS (SELECT FROM telemetry t WHERE t.host_id = h.id ${inWindow(view.window, sql`t.day`)} ${what})`
  const found = await findRow<Record<keyof ActionTelemetry, string>>(
    pool(),
    sql`SELECT count(*) FILTER (WHERE reports OR creations) AS hosts, count(*) FILTER (WHERE modules) AS modules,
          count(*) FILTER (WHERE network) AS network, count(*) FILTER (WHERE creations) AS creations
        FROM (SELECT ${sends(empty)} AS reports, ${sends(sql`AND t.kind = ${indexOf('module-load')} AND t.subject = ${slug}`)} AS modules,
            ${sends(sql`AND t.kind IN (${indexOf('network-connection')}, ${indexOf('dns-query')})`)} AS network,
            ${sends(sql`AND t.kind = ${indexOf('process-creation')}`)}
              OR EXISTS (SELECT FROM coverage c WHERE c.host_id = h.id ${inWindow(view.window, sql`c.day`)} AND c.creations > 0) AS creations
          FROM host h WHERE true ${ofHosts(scope, view, sql`h.id`)}) h`,
  )
  return {
    hosts: Number(found?.hosts ?? 0),
    modules: Number(found?.modules ?? 0),
    network: Number(found?.network ?? 0),
    creations: Number(found?.creations ?? 0),
  }
}

function indexOf(kind: TelemetryKind): number {
  return TELEMETRY_KINDS.indexOf(kind)
}

function toListed<Row extends ExtentRow, Own>(
  found: readonly Row[],
  own: (row: Row) => Own,
): Listed<Own & Extent> {
  return {
    total: Number(found[0]?.total ?? 0),
    rows: found.map((row) => ({
      ...own(row),
      hosts: Number(row.hosts),
      days: Number(row.days),
      executions: Number(row.executions),
      firstAt: row.first_at,
      lastAt: row.last_at,
    })),
  }
}
