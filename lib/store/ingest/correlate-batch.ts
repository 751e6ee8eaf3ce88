import type pg from 'pg'
import {
  type Candidate,
  CORRELATION_REACH_US,
  correlate,
  MAX_CANDIDATES,
} from '@/lib/pipeline/normalise/correlate'
import { toTimestamp } from '@/lib/store/pool'
import { execute, rows, type Sql, sql } from '@/lib/store/sql'
import type { HostDay } from './dirty-days'

type CandidateRow = {
  host_id: number
  pid: string
  file_name: string
  occurred_at: number
  id: string
  sensor: number
  command_line: string | null
  anchor_id: string
  anchor_at: number
  /** All that can say of which process it is was looked at. */
  is_within: boolean
}

const REACH = sql`(${CORRELATION_REACH_US}::float8 * interval '1 microsecond')`

/**
 * Finds the records of one process among those that fresh rows can influence, and points them at one anchor.
 * `fresh`: a relation of at least (host_id, pid, occurred_at). `severalSensors`: the hosts that more than one sensor reports. Answers by how much the number of distinct executions fell below the number of rows,
 * and the days of the anchors that rows left or joined.
 */
export async function correlateBatch(
  client: pg.PoolClient,
  fresh: Sql,
  severalSensors: readonly number[],
): Promise<Correlated> {
  if (severalSensors.length === 0) return { fewer: 0, joined: [], days: [] }
  const candidates = await rows<CandidateRow>(
    client,
    sql`WITH reach AS (
          SELECT host_id, pid, ${REACH} AS reach, min(occurred_at) - 2 * ${REACH} AS since, max(occurred_at) + 2 * ${REACH} AS until
          FROM ${fresh} WHERE pid IS NOT NULL AND host_id = ANY(${[...severalSensors]}::int[]) GROUP BY host_id, pid)
        SELECT e.*, i.file_name, e.occurred_at BETWEEN r.since + r.reach AND r.until - r.reach AS is_within FROM reach r
        CROSS JOIN LATERAL (
          SELECT e.host_id, e.pid, e.image_id, e.occurred_at, e.id, e.sensor, e.command_line, e.anchor_id, e.anchor_at FROM execution_with_texts e
          WHERE e.host_id = r.host_id AND e.pid = r.pid AND e.occurred_at BETWEEN r.since AND r.until
          LIMIT ${MAX_CANDIDATES + 1}) e
        JOIN image i ON i.id = e.image_id`,
  )
  const moves: Move[] = []
  for (const group of groupByProcessName(candidates)) moves.push(...findMoves(group))
  await applyMoves(client, moves)
  return {
    fewer: moves.reduce((fewer, { joins }) => fewer + joins, 0),
    joined: moves.flatMap(({ row, anchor, joins }) =>
      joins === 1 ? [{ hostId: row.host_id, id: row.id, anchorId: anchor.id }] : [],
    ),
    days: moves.flatMap(daysOf),
  }
}

/** `joined`: rows that stood for a process and now are one of another's records. */
export type Correlated = {
  fewer: number
  joined: { hostId: number; id: string; anchorId: string }[]
  days: HostDay[]
}

type Move = { row: CandidateRow; anchor: Candidate; joins: 1 | 0 | -1 }

/** Sensors' clocks can be zones apart: the process that a record tells more of may have begun on another day. */
function daysOf({ row, anchor }: Move): HostDay[] {
  return [row.anchor_at, anchor.atUs].map((us) => ({
    hostId: row.host_id,
    day: toTimestamp(us).slice(0, 10),
  }))
}

function groupByProcessName(candidates: readonly CandidateRow[]): CandidateRow[][] {
  const groups = new Map<string, CandidateRow[]>()
  for (const row of candidates) {
    const key = `${row.host_id} ${row.pid} ${row.file_name}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function findMoves(group: readonly CandidateRow[]): Move[] {
  if (group.length < 2) return []
  const byId = new Map(group.map((row) => [row.id, row]))
  const anchors = correlate(
    group.map((row) => ({
      id: row.id,
      atUs: row.occurred_at,
      sensor: row.sensor,
      commandLine: row.command_line,
    })),
  )
  return [...anchors].flatMap(([id, anchor]) => {
    const row = byId.get(id)
    // one at the edge may have its partner beyond it, and nothing fresh reaches as far
    if (!row?.is_within || row.anchor_id === anchor.id) return []
    const stoodAlone = row.anchor_id === row.id
    const standsAlone = anchor.id === row.id
    return [{ row, anchor, joins: stoodAlone ? 1 : standsAlone ? -1 : 0 }]
  })
}

async function applyMoves(client: pg.PoolClient, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  await execute(
    client,
    sql`UPDATE execution e SET anchor_id = m.anchor_id, anchor_at = m.anchor_at
        FROM unnest(${moves.map(({ row }) => row.host_id)}::int[], ${moves.map(({ row }) => toTimestamp(row.occurred_at))}::timestamptz[],
                    ${moves.map(({ row }) => row.id)}::bigint[], ${moves.map(({ anchor }) => anchor.id)}::bigint[],
                    ${moves.map(({ anchor }) => toTimestamp(anchor.atUs))}::timestamptz[]) AS m(host_id, occurred_at, id, anchor_id, anchor_at)
        WHERE e.host_id = m.host_id AND e.occurred_at = m.occurred_at AND e.id = m.id`,
  )
}
