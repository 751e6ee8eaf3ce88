import type { Scope } from '@/lib/pipeline/actor'
import {
  COVERAGE_CLASSES,
  type CoverageClass,
  type CoverageCounts,
  countCoverage,
} from '@/lib/pipeline/baseline/coverage'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { titleInWords } from '@/lib/store/deviations'
import { loadHostCoverage } from '@/lib/store/host-coverage'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { isSettled } from '../deviations/hits-by-item'
import { quietUse } from '../deviations/waiting-items'
import { loadHostsOfUse } from './hosts-of-use'
import type { Rollups } from './rollups'
import { type BinaryView, usageIn } from './view'

export type HostUse = {
  hostId: number
  name: string
  group: string | null
  executions: number
  patterns: number
  days: number
  firstAt: number
  lastAt: number
  highestScoreMillibits: number
}

type Row = {
  host_id: number
  name: string
  group_name: string | null
  executions: string
  patterns: string
  days: string
  first_at: number
  last_at: number
  score: number
}

/** Hosts that a page lists of each kind; all are counted. */
export const MAX_HOSTS = 100

/** The most active of the hosts that use it, some of those that did not by what they report, and how many there are. */
export type HostsOfBinary = {
  using: HostUse[]
  usingTotal: number
  notSeen: { hostId: number; name: string; coverage: CoverageClass }[]
  counts: CoverageCounts
}

/** Hosts that used it in the window, and hosts that did not, by what they report. */
export async function loadHostsOf(scope: Scope, view: BinaryView, use: Rollups): Promise<HostsOfBinary> {
  const anywhere = { ...view, host: null, group: null }
  const [{ executions }, hosts] = await Promise.all([
    view.host === null && view.group === null ? use.hosts() : loadHostsOfUse(scope, anywhere),
    loadHostCoverage(pool(), scope, view.window),
  ])
  const shown = [...executions].sort(([a, one], [b, other]) => other - one || a - b).slice(0, MAX_HOSTS)
  const found = await rows<Row>(
    pool(),
    sql`SELECT u.host_id, h.name, g.name AS group_name, sum(u.executions) AS executions, count(DISTINCT s.pattern_id) AS patterns,
          count(DISTINCT u.day) AS days, min(u.first_at) AS first_at, max(u.last_at) AS last_at, max(u.score_millibits) AS score
        FROM (${usageIn(scope, anywhere)} AND u.host_id = ANY(${shown.map(([hostId]) => hostId)}::int[])) u JOIN signature s ON s.id = u.signature_id
        JOIN host h ON h.id = u.host_id
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        GROUP BY u.host_id, h.name, g.name ORDER BY executions DESC, h.name`,
  )
  const notSeen = hosts.filter(({ hostId }) => !executions.has(hostId))
  return {
    using: found.map((row) => ({
      hostId: row.host_id,
      name: row.name,
      group: row.group_name,
      executions: Number(row.executions),
      patterns: Number(row.patterns),
      days: Number(row.days),
      firstAt: row.first_at,
      lastAt: row.last_at,
      highestScoreMillibits: row.score,
    })),
    usingTotal: executions.size,
    notSeen: COVERAGE_CLASSES.flatMap((wanted) =>
      notSeen
        .filter(({ coverage }) => coverage === wanted)
        .slice(0, MAX_HOSTS)
        .map(({ hostId, name, coverage }) => ({ hostId, name, coverage })),
    ),
    counts: countCoverage(notSeen.map(({ coverage }) => coverage)),
  }
}

export type DeviationOfBinary = {
  id: string
  title: string
  state: TriageState
  /** null = nothing of it deviates any more. */
  scoreMillibits: number | null
  hosts: number
  executions: number
  lastAt: number
}

type DeviationRow = Omit<DeviationOfBinary, 'scoreMillibits' | 'hosts' | 'executions' | 'lastAt'> & {
  score: number | null
  hosts: string
  executions: string
  last_at: number
}

const UNEXPLAINED: readonly TriageState[] = ['open', 'flagged', 'malicious']

/** Deviations of it that nobody explained, what somebody took up whatever it scores now, and what was explained and deviates again: whenever they were, the highest first. */
export async function loadDeviationsOf(scope: Scope, entryId: number): Promise<DeviationOfBinary[]> {
  const found = await rows<DeviationRow>(
    pool(),
    sql`SELECT d.id, ${titleInWords(sql`d`)} AS title, d.state, max(t.score_millibits) AS score, count(DISTINCT t.host_id) AS hosts,
          sum(t.executions) AS executions, max(t.last_at) AS last_at
        FROM deviation d JOIN deviation_hit t ON t.deviation_id = d.id LEFT JOIN host_work w ON w.host_id = t.host_id
        WHERE d.entry_id = ${entryId} ${inScope(scope, sql`t.host_id`)} GROUP BY d.id
        HAVING d.state = ANY(${[...UNEXPLAINED]}::text[]) OR bool_or(${isSettled(sql`t`)})
        UNION ALL
        SELECT q.id, q.title, q.state, NULL, count(DISTINCT q.host_id), sum(q.executions), max(q.last_at)
        FROM (${quietUse(scope, UNEXPLAINED)}) q WHERE q.entry_id = ${entryId} GROUP BY q.id, q.title, q.state
        ORDER BY score DESC NULLS LAST, id LIMIT 200`,
  )
  return found.map(({ id, title, state, score, hosts, executions, last_at }) => ({
    id,
    title,
    state,
    scoreMillibits: score,
    hosts: Number(hosts),
    executions: Number(executions),
    lastAt: last_at,
  }))
}
