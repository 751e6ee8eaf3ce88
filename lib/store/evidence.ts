import { countCoverage } from '@/lib/pipeline/baseline/coverage'
import { WINDOW_DAYS } from '@/lib/pipeline/baseline/weights'
import { type Evidence, type Listed, MAX_LISTED } from '@/lib/pipeline/decision/evidence'
import { loadHostCoverage } from './host-coverage'
import { type HostScope, inScope } from './scope'
import { type Db, findRow, rows, type Sql, sql } from './sql'

type Window = { from: string; to: string }

/** What is counted of a binary's use on the hosts of a scope, over the baseline's window up to the newest data. */
export async function loadEvidence(
  db: Db,
  scope: HostScope,
  entryId: number,
): Promise<Omit<Evidence, 'suggestion'>> {
  const window = await findEvidenceWindow(db, scope)
  const used = usedIn(scope, entryId, window)
  const [totals, deviations, notSeenOn, topHosts, topPatterns, topParents, topUsers] = await Promise.all([
    readTotals(db, used),
    countDeviations(db, scope, entryId, window),
    countNotSeen(db, scope, used, window),
    topOf(db, used, sql`h.name`, sql`JOIN host h ON h.id = u.host_id`),
    topOf(
      db,
      used,
      sql`p.pattern`,
      sql`JOIN signature s ON s.id = u.signature_id JOIN pattern p ON p.id = s.pattern_id`,
    ),
    topOf(
      db,
      used,
      sql`v.value`,
      sql`JOIN signature s ON s.id = u.signature_id JOIN feature_value v ON v.id = s.feature_ids[3]`,
    ),
    topOf(db, used, sql`coalesce(p.name, p.sid)`, sql`JOIN principal p ON p.id = u.principal_id`),
  ])
  return {
    version: 1,
    window,
    ...totals,
    ...deviations,
    notSeenOn,
    topHosts: topHosts.map(({ name, executions }) => ({ name, executions })),
    topPatterns,
    topParents,
    topUsers,
  }
}

async function findEvidenceWindow(db: Db, scope: HostScope): Promise<Window | null> {
  const found = await findRow<{ from: string | null; to: string | null }>(
    db,
    sql`SELECT greatest(min(day), max(day) - ${WINDOW_DAYS - 1}::int) AS from, max(day) AS to
        FROM coverage WHERE true ${inScope(scope, sql`host_id`)}`,
  )
  return found?.from && found.to ? { from: found.from, to: found.to } : null
}

function usedIn(scope: HostScope, entryId: number, window: Window | null): Sql {
  return sql`SELECT * FROM usage WHERE entry_id = ${entryId} AND ${within(window, sql`day`)} ${inScope(scope, sql`host_id`)}`
}

function within(window: Window | null, day: Sql): Sql {
  return sql`${day} BETWEEN ${window?.from ?? null}::date AND ${window?.to ?? null}::date`
}

/** Users that a source names are counted; the id 0 stands for those it does not. */
async function readTotals(db: Db, used: Sql) {
  const row = await findRow<{
    executions: string | null
    hosts: string
    patterns: string
    parents: string
    users: string
    last_day: string | null
    highest: number | null
  }>(
    db,
    sql`SELECT sum(u.executions) AS executions, count(DISTINCT u.host_id) AS hosts, count(DISTINCT s.pattern_id) AS patterns,
          count(DISTINCT s.feature_ids[3]) AS parents, count(DISTINCT nullif(u.principal_id, 0)) AS users,
          max(u.day) AS last_day, max(u.score_millibits) AS highest
        FROM (${used}) u JOIN signature s ON s.id = u.signature_id`,
  )
  return {
    executions: Number(row?.executions ?? 0),
    hosts: Number(row?.hosts ?? 0),
    patterns: Number(row?.patterns ?? 0),
    parents: Number(row?.parents ?? 0),
    users: Number(row?.users ?? 0),
    lastDay: row?.last_day ?? null,
    highestScoreMillibits: row?.highest ?? 0,
  }
}

/** Patterns of the binary that deviate on hosts in scope: those that wait, whenever they ran, and malicious ones that ran in the window. */
async function countDeviations(db: Db, scope: HostScope, entryId: number, window: Window | null) {
  const row = await findRow<{ open: string; malicious: string }>(
    db,
    sql`SELECT count(DISTINCT d.id) FILTER (WHERE d.state IN ('open', 'flagged')) AS open,
          count(DISTINCT d.id) FILTER (WHERE d.state = 'malicious' AND ${within(window, sql`t.day`)}) AS malicious
        FROM deviation d JOIN deviation_hit t ON t.deviation_id = d.id
        WHERE d.entry_id = ${entryId} AND d.state IN ('open', 'flagged', 'malicious') ${inScope(scope, sql`t.host_id`)}`,
  )
  return { openDeviations: Number(row?.open ?? 0), maliciousDeviations: Number(row?.malicious ?? 0) }
}

async function countNotSeen(db: Db, scope: HostScope, used: Sql, window: Window | null) {
  if (window === null) return countCoverage([])
  const hosts = await loadHostCoverage(db, scope, window)
  const using = await rows<{ host_id: number }>(db, sql`SELECT DISTINCT host_id FROM (${used}) u`)
  const seen = new Set(using.map(({ host_id }) => host_id))
  return countCoverage(hosts.flatMap(({ hostId, coverage }) => (seen.has(hostId) ? [] : [coverage])))
}

async function topOf(db: Db, used: Sql, name: Sql, joins: Sql): Promise<Listed[]> {
  const found = await rows<{ name: string; executions: string; hosts: string }>(
    db,
    sql`SELECT ${name} AS name, sum(u.executions) AS executions, count(DISTINCT u.host_id) AS hosts
        FROM (${used}) u ${joins} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MAX_LISTED}`,
  )
  return found.map((row) => ({
    name: row.name,
    executions: Number(row.executions),
    hosts: Number(row.hosts),
  }))
}
