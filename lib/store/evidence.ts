import { countCoverage } from '@/lib/pipeline/baseline/coverage'
import { WINDOW_DAYS } from '@/lib/pipeline/baseline/weights'
import { dayNumber, dayOfNumber } from '@/lib/pipeline/days'
import { type Evidence, type Listed, MAX_LISTED } from '@/lib/pipeline/decision/evidence'
import {
  type GatheredEvidence,
  gatherEvidence,
  mostUsed,
  type Tally,
} from '@/lib/pipeline/decision/gather-evidence'
import { COMMON_FIRST, hostSpans, loadHostCoverage } from './host-coverage'
import { eachDaysNow } from './packed-uses'
import { pool } from './pool'
import { type HostScope, inGroups, inScope } from './scope'
import { loadSignatures } from './signatures'
import { findRow, rows, type Sql, sql } from './sql'

/** `earliest`: the first day that is stored. */
type Window = { earliest: string; from: string; to: string }

/** What is counted of a binary's use on the hosts of a scope, over the baseline's window up to the newest data. */
export async function loadEvidence(scope: HostScope, entryId: number): Promise<Omit<Evidence, 'suggestion'>> {
  const window = await findEvidenceWindow(scope)
  const [{ used, earlier }, deviations, highest, hosts] = await Promise.all([
    gatherUse(scope, entryId, window),
    countDeviations(scope, entryId, window),
    findHighest(scope, entryId, window),
    window === null ? [] : loadHostCoverage(pool(), scope, window),
  ])
  return {
    version: 1,
    window: window && { from: window.from, to: window.to },
    executions: used.executions,
    hosts: used.hosts.size,
    patterns: used.patterns.size,
    parents: used.parents.size,
    users: used.users.size,
    lastDay: dayOf(used.lastDay),
    earlier: {
      executions: earlier.executions,
      hosts: earlier.hosts.size,
      lastDay: dayOf(earlier.lastDay),
    },
    highestScoreMillibits: highest,
    ...deviations,
    notSeenOn: countCoverage(
      hosts.flatMap(({ hostId, coverage }) => (used.hosts.has(hostId) ? [] : [coverage])),
    ),
    topHosts: await nameTopHosts(used.hosts),
    topPatterns: listTop(used.patterns),
    topParents: listTop(used.parents),
    topUsers: listTop(used.users),
  }
}

/** Read once, from days that are packed for that: several readings of `usage` took ten times as long. */
async function gatherUse(
  scope: HostScope,
  entryId: number,
  window: Window | null,
): Promise<{ used: GatheredEvidence; earlier: GatheredEvidence }> {
  const [ids, names] = await Promise.all([
    rows<{ id: string }>(pool(), sql`SELECT id FROM signature WHERE entry_id = ${entryId}`),
    rows<{ id: string; name: string }>(
      pool(),
      sql`SELECT id, coalesce(name, sid) AS name FROM principal WHERE coalesce(name, sid) IS NOT NULL`,
    ),
  ])
  const signatures = await loadSignatures(
    pool(),
    ids.map(({ id }) => id),
  )
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const asked = {
    kinds: Array.from(signatures, ([id, { pattern, features }]) => ({
      id,
      pattern,
      parent: features.parent,
    })),
    nameOf: (principalId: string) => nameOf.get(principalId) ?? null,
  }
  // nothing reported is nothing used
  const within = window === null ? NEVER : { first: dayNumber(window.from), last: dayNumber(window.to) }
  const before =
    window === null ? NEVER : { first: dayNumber(window.earliest), last: dayNumber(window.from) - 1 }
  const [used, earlier] = [
    gatherEvidence({ ...asked, period: within }),
    gatherEvidence({ ...asked, period: before }),
  ]
  await eachDaysNow(scope, entryId, (days) => {
    used.take(days)
    if (before.first <= before.last) earlier.take(days)
  })
  return { used: used.gathered(), earlier: earlier.gathered() }
}

function dayOf(number: number | null): string | null {
  return number === null ? null : dayOfNumber(number)
}

const NEVER = { first: 0, last: -1 }

function listTop(all: ReadonlyMap<string, Tally>): Listed[] {
  return mostUsed(
    Array.from(all, ([name, { executions, hosts }]) => ({ name, executions, hosts })),
    MAX_LISTED,
  )
}

/** Those that may be among the most used are named: as many as have as many executions. */
async function nameTopHosts(hosts: GatheredEvidence['hosts']): Promise<Evidence['topHosts']> {
  const [least = 0] = [...hosts.values()].sort((a, b) => b - a).slice(MAX_LISTED - 1, MAX_LISTED)
  const ids = Array.from(hosts, ([id, executions]) => (executions >= least ? id : [])).flat()
  const found = await rows<{ id: number; name: string }>(
    pool(),
    sql`SELECT id, name FROM host WHERE id = ANY(${ids}::int[])`,
  )
  return mostUsed(
    found.map(({ id, name }) => ({ name, executions: hosts.get(id) ?? 0 })),
    MAX_LISTED,
  )
}

/** It does not begin before all but a tenth of the hosts have: a log from years ago would leave no host with full coverage. */
async function findEvidenceWindow(scope: HostScope): Promise<Window | null> {
  const found = await findRow<{ [day in keyof Window]: string | null }>(
    pool(),
    sql`SELECT min(first) AS earliest, max(last) AS to,
          greatest(${COMMON_FIRST}, max(last) - ${WINDOW_DAYS - 1}::int) AS from FROM ${hostSpans(scope)} AS hosts`,
  )
  const { earliest, from, to } = found ?? {}
  return earliest && from && to ? { earliest, from, to } : null
}

function within(window: Evidence['window'], day: Sql): Sql {
  return sql`${day} BETWEEN ${window?.from ?? null}::date AND ${window?.to ?? null}::date`
}

/** Patterns of the binary that deviate on hosts in scope: those that wait, whenever they ran, and malicious ones that ran in the window. */
export async function countDeviations(
  scope: HostScope,
  entryId: number,
  window: Evidence['window'],
): Promise<Pick<Evidence, 'openDeviations' | 'maliciousDeviations'>> {
  const row = await findRow<{ open: string; malicious: string }>(
    pool(),
    sql`SELECT count(DISTINCT d.id) FILTER (WHERE d.state IN ('open', 'flagged')) AS open,
          count(DISTINCT d.id) FILTER (WHERE d.state = 'malicious' AND ${within(window, sql`t.day`)}) AS malicious
        FROM deviation d JOIN deviation_hit t ON t.deviation_id = d.id
        WHERE d.entry_id = ${entryId} AND d.state IN ('open', 'flagged', 'malicious') ${inScope(scope, sql`t.host_id`)}`,
  )
  return { openDeviations: Number(row?.open ?? 0), maliciousDeviations: Number(row?.malicious ?? 0) }
}

/** From the days of groups, which single hosts have none of; a day that changed since it was summed up is asked of `usage`. */
async function findHighest(scope: HostScope, entryId: number, window: Window | null): Promise<number> {
  const inUsage = sql`SELECT max(score_millibits) FROM usage WHERE entry_id = ${entryId} AND ${within(window, sql`day`)} ${inScope(scope, sql`host_id`)}`
  const stale = sql`(SELECT day FROM use_stale WHERE day IS NOT NULL)`
  const found = await findRow<{ score: number | null }>(
    pool(),
    scope.kind === 'hosts'
      ? sql`SELECT (${inUsage}) AS score`
      : sql`SELECT greatest((${inUsage} AND day IN ${stale}), (
            SELECT max(score_millibits) FROM use_day WHERE entry_id = ${entryId} AND ${within(window, sql`day`)} ${inGroups(scope, sql`group_id`)}
              AND day NOT IN ${stale})) AS score`,
  )
  return found?.score ?? 0
}
