import type { Scope } from '@/lib/pipeline/actor'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { pool } from '@/lib/store/pool'
import { rows, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, during } from '../data-window'
import { parseDeviationRequest, toDeviationFilter } from '../deviations/filter'
import { itemsWith, passing } from '../deviations/items'

/** A deviation first seen in the window. Times in microseconds. */
export type NewDeviation = {
  id: string
  binary: string
  title: string
  state: TriageState
  /** null = a ruling explains all of it. */
  scoreMillibits: number | null
  hosts: number
  executions: number
  onlyHost: string | null
  firstAt: number
}

const MOST = 200

/** Deviations whose first use lies in the window, the highest scores first: at most 200 of `total`. `judged`: of all of them, those that are no longer open. */
export async function listNewDeviations(
  scope: Scope,
  window: DataWindow,
): Promise<{ rows: NewDeviation[]; total: number; judged: number }> {
  const found = await rows<NewDeviation & { host_names: string[]; total: number; judged: number }>(
    pool(),
    sql`${itemsWith(scope, everything())}
      SELECT id, binary_name AS binary, title, state, score AS "scoreMillibits", hosts::int AS hosts, executions::int AS executions,
        host_names, first_at AS "firstAt", count(*) OVER ()::int AS total,
        (count(*) FILTER (WHERE state <> 'open' AND NOT again) OVER ())::int AS judged
      FROM item WHERE ${passing(null)} AND ${during(window, sql`first_at`)} ORDER BY score DESC NULLS LAST, first_at, id LIMIT ${MOST}`,
  )
  return {
    rows: found.map(({ host_names, total: _total, judged: _judged, ...row }) => ({
      ...row,
      onlyHost: host_names.length === 1 ? (host_names[0] ?? null) : null,
    })),
    total: found[0]?.total ?? 0,
    judged: found[0]?.judged ?? 0,
  }
}

/** Deviations whose state a person changed in the window, by the clock and not by the days of their events, by the state they have now. */
export async function countJudgedIn(
  scope: Scope,
  window: DataWindow,
): Promise<{ state: TriageState; items: number }[]> {
  const changed = (id: Sql) =>
    sql`AND ${id} IN (SELECT j.id FROM deviation j WHERE ${during(window, sql`j.state_changed_at`)})`
  return await rows<{ state: TriageState; items: number }>(
    pool(),
    sql`${itemsWith(scope, everything(), changed)} SELECT state, count(*)::int AS items FROM item GROUP BY state ORDER BY state`,
  )
}

const everything = () => toDeviationFilter(parseDeviationRequest({ state: 'all' }))
