import type { Scope } from '@/lib/pipeline/actor'
import { FOLLOWING_KINDS, type FollowingEvent } from '@/lib/pipeline/event/event'
import { pool, toTimestamp } from '@/lib/store/pool'
import { EVENT } from '@/lib/store/recompute/day-actions'
import { EARLY, ownerOf, PID_REUSE } from '@/lib/store/recompute/owner'
import { inScope } from '@/lib/store/scope'
import { plannedRows, sql } from '@/lib/store/sql'
import type { SensorRecord } from './find-execution'

/** Events of a process that are read, the earliest first. */
export const MAX_EVENTS = 2000

/** When it was first and last seen of the process, in microseconds since 1970, and how often. */
type Times = { firstAt: number; lastAt: number; events: number }

export type ModuleOfProcess = Times & {
  path: string
  signed: boolean | null
  signer: string | null
  status: string | null
}

/** A connection; of a query the protocol is dns, and `answers` what it was answered with. */
export type ContactOfProcess = Times & {
  protocol: string | null
  ip: string | null
  name: string | null
  port: number | null
  initiated: boolean | null
  blocked: number
  answers: string[]
}

/** `cut`: it did more than was read. */
export type ProcessActions = {
  modules: ModuleOfProcess[]
  connections: ContactOfProcess[]
  queries: ContactOfProcess[]
  cut: boolean
}

type Row = Omit<ModuleOfProcess & ContactOfProcess, 'path' | 'events' | 'blocked' | 'answers'> & {
  kind: number
  path: string | null
  events: string
  blocked: string
  answers: string[] | null
  read: string
}

/** What the process of these records loaded, reached and asked for; its records have one process id. */
export async function findProcessActions(
  scope: Scope,
  records: readonly [SensorRecord, ...SensorRecord[]],
): Promise<ProcessActions> {
  const [{ pid, key }] = records
  if (pid === null) return { modules: [], connections: [], queries: [], cut: false }
  const began = toTimestamp(Math.min(...records.map((record) => record.key.occurredAtUs)))
  const found = await plannedRows<Row>(
    pool(),
    sql`WITH own AS (
          SELECT f.* FROM process_event f JOIN LATERAL (${ownerOf(EVENT)}) o ON o.id = ANY(${records.map((record) => record.key.id)}::bigint[])
          WHERE f.host_id = ${key.hostId} AND f.pid = ${pid}::bigint AND f.kind <> ${indexOf('process-end')}
            AND f.occurred_at >= ${began}::timestamptz - ${EARLY}::interval AND f.occurred_at < ${began}::timestamptz + ${PID_REUSE}::interval
            ${inScope(scope, sql`f.host_id`)}
          ORDER BY f.occurred_at LIMIT ${MAX_EVENTS}),
        grouped AS (
          SELECT kind, module_id, destination_id, count(DISTINCT id) AS events, count(DISTINCT id) FILTER (WHERE blocked) AS blocked,
            min(occurred_at) AS "firstAt", max(occurred_at) AS "lastAt", array_agg(DISTINCT answer) FILTER (WHERE answer IS NOT NULL) AS answers
          FROM own LEFT JOIN LATERAL unnest(own.answers) AS answer ON true GROUP BY 1, 2, 3)
        SELECT g.kind, g.events, g.blocked, g."firstAt", g."lastAt", g.answers, (SELECT count(*) FROM own) AS read,
          m.path, m.signed, m.signer, m.signature_status AS status, d.protocol, d.ip, d.name, d.port, d.initiated
        FROM grouped g LEFT JOIN module m ON m.id = g.module_id LEFT JOIN destination d ON d.id = g.destination_id
        ORDER BY g."firstAt", g.kind, m.path, d.name, d.ip, d.port`,
  )
  const contacts = (kind: FollowingEvent['kind']) =>
    found.filter((row) => row.kind === indexOf(kind)).map(toContact)
  const queries = contacts('dns-query')
  return {
    modules: found.flatMap((row) => (row.path === null ? [] : [toModule(row, row.path)])),
    connections: contacts('network-connection').map((contact) => named(contact, queries)),
    queries,
    cut: Number(found[0]?.read ?? 0) >= MAX_EVENTS,
  }
}

function indexOf(kind: FollowingEvent['kind']): number {
  return FOLLOWING_KINDS.indexOf(kind)
}

function toTimes({ firstAt, lastAt, events }: Row): Times {
  return { firstAt, lastAt, events: Number(events) }
}

function toModule(row: Row, path: string): ModuleOfProcess {
  return { ...toTimes(row), path, signed: row.signed, signer: row.signer, status: row.status }
}

function toContact(row: Row): ContactOfProcess {
  const { protocol, ip, name, port, initiated } = row
  return {
    ...toTimes(row),
    protocol,
    ip,
    name,
    port,
    initiated,
    blocked: Number(row.blocked),
    answers: row.answers ?? [],
  }
}

/** A connection has the name that its process had asked for, else the one its record prints (as in network_use). */
function named(contact: ContactOfProcess, queries: readonly ContactOfProcess[]): ContactOfProcess {
  const asked = queries.flatMap(({ name, answers }) =>
    contact.ip !== null && name !== null && answers.includes(contact.ip) ? [name] : [],
  )
  return { ...contact, name: asked.toSorted()[0] ?? contact.name }
}
