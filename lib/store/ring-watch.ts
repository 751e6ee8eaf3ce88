import { parentOf } from '@/lib/pipeline/baseline/parent'
import { isServiceClass, userClass } from '@/lib/pipeline/baseline/user-class'
import type { ApprovedBlock, BlockRing, NamedHost } from '@/lib/pipeline/decision/approved-block'
import type { BlockException, Control } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import {
  type AttemptKind,
  attemptKind,
  MAX_WATCHED,
  REPORTING_DAYS,
  type RingWatch,
} from '@/lib/pipeline/decision/gate'
import { LIVE_STATES } from '@/lib/pipeline/decision/states'
import { ASR_PARENTS, userBits } from '@/lib/pipeline/decision/what-if'
import { CONTROLS, OUTCOMES } from '@/lib/pipeline/event/event'
import { type Confirmation, confirmationOf } from '@/lib/pipeline/export/confirmation'
import { setsRuleTo } from './asr-rule-value'
import { toTimestamp } from './pool'
import { type Db, empty, execute, findRow, rows, type Sql, sql } from './sql'

type DayCount = { host_id: number; day: string; count: string }
type Attempts = DayCount & {
  outcome: number
  parent_image: string | null
  parent_command_line: string | null
  user_name: string | null
  user_sid: string | null
}

/** What is seen on a ring's hosts since its state began; reads rollups of use, and the attempts on this binary alone. */
export async function watchRing(
  db: Db,
  block: ApprovedBlock,
  ring: BlockRing & { since: number },
): Promise<RingWatch> {
  const hosts = ring.hosts.map(({ id }) => id)
  const since = sql`${toTimestamp(ring.since)}::timestamptz`
  const entry = sql`(SELECT id FROM catalogue_entry WHERE slug = ${block.slug})`
  const [reporting, used, attempts, confirmed] = await Promise.all([
    readReporting(db, hosts, since),
    block.effect === 'network'
      ? readConnections(db, { hosts, since, entry })
      : readExecutions(db, { hosts, since, entry }, block),
    readAttempts(db, { hosts, since, entry }, block.control),
    countConfirmed(db, { hosts, since, entry }, block.control, confirmationOf(block, ring.position)),
  ])
  return toWatch(ring, { reporting, used, attempts, confirmed, exceptions: block.exceptions })
}

type Where = { hosts: readonly number[]; since: Sql; entry: Sql }
type Reporting = { host_id: number; recent: boolean; days: number }

/** Of each host that ever sent anything since, process creations or any other event: whether it did lately, and for how many whole days since. */
async function readReporting(db: Db, hosts: readonly number[], since: Sql): Promise<Reporting[]> {
  const sentTo = (
    table: Sql,
  ) => sql`SELECT host_id, day, last_at FROM ${table} WHERE host_id = ANY(${[...hosts]}::int[])
    AND day >= least((${since})::date, (SELECT max(day) FROM coverage) - ${REPORTING_DAYS}::int)`
  return await rows<Reporting>(
    db,
    sql`SELECT t.host_id, max(t.day) > (SELECT max(day) FROM coverage) - ${REPORTING_DAYS}::int AS recent,
          greatest(0, floor(extract(epoch FROM max(t.last_at) - ${since}) / 86400))::int AS days
        FROM (${sentTo(sql`telemetry`)} UNION ALL ${sentTo(sql`coverage`)}) t GROUP BY t.host_id`,
  )
}

/** Executions that the control stops where it is enforced: those of exceptions, of accounts that it does not hold for, and what no fixed rule stops are left out. */
async function readExecutions(
  db: Db,
  { hosts, since, entry }: Where,
  block: ApprovedBlock,
): Promise<DayCount[]> {
  const valuesOf = (kind: 'parent' | 'pattern' | 'user') =>
    block.exceptions.flatMap((one) =>
      one.kind === kind ? [kind === 'user' ? one.value.toLowerCase() : one.value] : [],
    )
  const found = await rows<DayCount & { user_name: string | null; user_sid: string | null }>(
    db,
    sql`SELECT u.host_id, u.day, q.name AS user_name, q.sid AS user_sid, sum(u.executions) AS count FROM usage u JOIN signature s ON s.id = u.signature_id
        LEFT JOIN pattern p ON p.id = s.pattern_id LEFT JOIN feature_value v ON v.id = s.feature_ids[3]
        LEFT JOIN principal q ON q.id = u.principal_id
        WHERE u.entry_id = ${entry} AND u.day >= (${since})::date AND u.first_at >= ${since} AND u.host_id = ANY(${[...hosts]}::int[])
          AND (p.pattern = ANY(${valuesOf('pattern')}::text[])) IS NOT TRUE
          AND (v.value = ANY(${valuesOf('parent')}::text[])) IS NOT TRUE
          AND (lower(q.name) = ANY(${valuesOf('user')}::text[])) IS NOT TRUE
          AND (lower(q.sid) = ANY(${valuesOf('user')}::text[])) IS NOT TRUE
          ${block.control === 'asr' ? BY_FIXED_RULES : empty}
        GROUP BY 1, 2, 3, 4`,
  )
  const { holdsForServices } = CONTROL_FACTS[block.control]
  return sumByDay(found.filter((row) => holdsForServices || !isService(row.user_name, row.user_sid)))
}

/** Signatures `s` that an ASR rule stops; the rest runs on, as the decision said. */
const BY_FIXED_RULES = sql`AND (s.content->>'renamed' = 'true' OR s.content->>'impostor' = 'true'
  OR s.content->>'parentName' = ANY(${[...ASR_PARENTS]}::text[]))`

/** Accounts that a control may leave alone, as a what-if has them: by SID or, where a sensor sends none, by name. An account that is not reported may be a person's. */
function isService(name: string | null, sid: string | null): boolean {
  const known = userClass(name, sid, null)
  return known !== null && isServiceClass(known)
}

function sumByDay(counts: readonly DayCount[]): DayCount[] {
  const sums = new Map<string, DayCount>()
  for (const { host_id, day, count } of counts) {
    const key = `${host_id} ${day}`
    sums.set(key, { host_id, day, count: String(Number(sums.get(key)?.count ?? 0) + Number(count)) })
  }
  return [...sums.values()]
}

async function readConnections(db: Db, { hosts, since, entry }: Where): Promise<DayCount[]> {
  return await rows<DayCount>(
    db,
    sql`SELECT host_id, day, sum(events - blocked) AS count FROM network_use
        WHERE entry_id = ${entry} AND day >= (${since})::date AND first_at >= ${since} AND host_id = ANY(${[...hosts]}::int[])
        GROUP BY host_id, day HAVING sum(events - blocked) > 0`,
  )
}

/** Controls whose events are read; the others report to products of their own. */
function controlIndex(control: Control): number | null {
  const index = (CONTROLS as readonly string[]).indexOf(control)
  return index === -1 ? null : index
}

async function readAttempts(db: Db, { hosts, since, entry }: Where, control: Control): Promise<Attempts[]> {
  const index = controlIndex(control)
  const outcomes = [OUTCOMES.indexOf('would-block'), OUTCOMES.indexOf('blocked'), OUTCOMES.indexOf('warned')]
  return await rows<Attempts>(
    db,
    sql`SELECT a.host_id, (a.occurred_at AT TIME ZONE 'UTC')::date AS day, a.outcome, a.parent_image, a.parent_command_line,
          q.name AS user_name, q.sid AS user_sid, count(*) AS count
        FROM attempt a LEFT JOIN principal q ON q.id = a.principal_id
        WHERE a.entry_id = ${entry} AND a.occurred_at >= ${since} AND a.host_id = ANY(${[...hosts]}::int[])
          AND a.outcome = ANY(${outcomes}::smallint[]) ${index === null ? empty : sql`AND a.control = ${index}`}
        GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  )
}

/** A policy is put on hosts before somebody says so here. */
const DEPLOYED_BEFORE = '1 day'

type Confirmed = Pick<RingWatch, 'confirmed' | 'confirmedBy' | 'policyIds' | 'otherPolicies'>

/** Hosts on which the control said since that this policy, or any where it does not say which, was applied or changed; of each policy the last report counts. */
async function countConfirmed(
  db: Db,
  { hosts, since }: Where,
  control: Control,
  confirmation: Confirmation | null,
): Promise<Confirmed> {
  const index = controlIndex(control)
  if (index === null || confirmation === null)
    return { confirmed: null, confirmedBy: null, policyIds: [], otherPolicies: 0 }
  const ids = confirmation.by === 'any' ? [] : confirmation.ids
  const row = await findRow<{ named: string; any: string }>(
    db,
    sql`SELECT count(DISTINCT host_id) FILTER (WHERE ${named(confirmation)}) AS named, count(DISTINCT host_id) AS any FROM (
          SELECT DISTINCT ON (host_id, lower(policy_id)) host_id, policy_id, detail FROM policy_state
          WHERE control = ${index} AND occurred_at >= ${since} - ${DEPLOYED_BEFORE}::interval AND host_id = ANY(${[...hosts]}::int[])
          ORDER BY host_id, lower(policy_id), occurred_at DESC, id DESC) last`,
  )
  const confirmed = Number(row?.named ?? 0)
  const otherPolicies = Number(row?.any ?? 0) - confirmed
  return { confirmed, confirmedBy: confirmation.by, policyIds: [...ids], otherPolicies }
}

/** Whether a report names what confirms; of a rule, that it is set to block. */
function named(confirmation: Confirmation): Sql {
  if (confirmation.by === 'any') return sql`true`
  const ids = sql`lower(policy_id) = ANY(${[...confirmation.ids]}::text[])`
  return confirmation.by === 'policy' ? ids : sql`${ids} AND ${setsRuleTo(1)}`
}

type Seen = {
  reporting: readonly Reporting[]
  used: readonly DayCount[]
  attempts: readonly Attempts[]
  confirmed: Confirmed
  exceptions: readonly BlockException[]
}

function toWatch(
  { hosts }: BlockRing,
  { reporting, used, attempts, confirmed, exceptions }: Seen,
): RingWatch {
  const recent = new Set(reporting.flatMap((row) => (row.recent ? [row.host_id] : [])))
  const heard = new Set(attempts.map(({ host_id }) => host_id))
  const ran = new Set(used.map(({ host_id }) => host_id))
  const unmatched = matchByDay(used, attempts)
  const kinds = toKinds(attempts, exceptions)
  const silent = hosts.filter(({ id }) => !recent.has(id))
  return {
    version: 1,
    hosts: hosts.length,
    reporting: hosts.length - silent.length,
    silent: listed(silent),
    days: Math.max(0, ...reporting.map(({ days }) => days)),
    ...confirmed,
    executions: total(used),
    executionHosts: ran.size,
    unheard: listed(hosts.filter(({ id }) => ran.has(id) && !heard.has(id))),
    wouldBlock: total(attempts.filter(({ outcome }) => outcome === OUTCOMES.indexOf('would-block'))),
    blocked: total(attempts.filter(({ outcome }) => outcome === OUTCOMES.indexOf('blocked'))),
    kinds: kinds.slice(0, MAX_WATCHED),
    moreKinds: Math.max(0, kinds.length - MAX_WATCHED),
    unmatched: [...unmatched.values()].reduce((sum, count) => sum + count, 0),
    unmatchedOn: listed(hosts.filter(({ id }) => (unmatched.get(id) ?? 0) > 0)),
  }
}

function listed(hosts: readonly NamedHost[]): NamedHost[] {
  return hosts.slice(0, MAX_WATCHED).map(({ id, name }) => ({ id, name }))
}

function total(counts: readonly { count: string }[]): number {
  return counts.reduce((sum, { count }) => sum + Number(count), 0)
}

/** Executions of each host beyond the blocked events of the same day: a stopped process may still leave a creation event. */
function matchByDay(used: readonly DayCount[], attempts: readonly Attempts[]): Map<number, number> {
  const blocked = new Map<string, number>()
  for (const { host_id, day, outcome, count } of attempts)
    if (outcome === OUTCOMES.indexOf('blocked'))
      blocked.set(`${host_id} ${day}`, (blocked.get(`${host_id} ${day}`) ?? 0) + Number(count))
  const beyond = new Map<number, number>()
  for (const { host_id, day, count } of used) {
    const left = Number(count) - (blocked.get(`${host_id} ${day}`) ?? 0)
    if (left > 0) beyond.set(host_id, (beyond.get(host_id) ?? 0) + left)
  }
  return beyond
}

/** Would-block events by parent and user, the most frequent first. */
function toKinds(attempts: readonly Attempts[], exceptions: readonly BlockException[]): AttemptKind[] {
  const kinds = new Map<string, AttemptKind & { on: Set<number> }>()
  for (const row of attempts) {
    if (row.outcome === OUTCOMES.indexOf('blocked')) continue
    const parent = parentOf(row.parent_image, row.parent_command_line)
    const user = row.user_name ?? row.user_sid
    const kind = attemptKind(parent, user)
    const spared =
      exceptions.some((one) => one.kind === 'parent' && one.value === parent) ||
      userBits(exceptions, { name: row.user_name, sid: row.user_sid }) !== 0
    const known = kinds.get(kind) ?? {
      kind,
      parent,
      user,
      events: 0,
      hosts: 0,
      spared,
      on: new Set<number>(),
    }
    known.events += Number(row.count)
    known.on.add(row.host_id)
    kinds.set(kind, known)
  }
  return [...kinds.values()]
    .map(({ on, ...kind }) => ({ ...kind, hosts: on.size }))
    .sort((a, b) => b.events - a.events || (a.kind < b.kind ? -1 : 1))
}

/** Ids of rings that are in audit or enforced and were not looked at since; `before`: ISO 8601. */
export async function listUnwatched(db: Db, before: string): Promise<number[]> {
  const found = await rows<{ id: number }>(
    db,
    sql`SELECT r.id FROM decision_ring r JOIN decision d ON d.id = r.decision_id
        WHERE r.state IN ('audit', 'enforced') AND r.since IS NOT NULL AND d.state = ANY(${[...LIVE_STATES]}::text[])
          AND (r.watched_at IS NULL OR r.watched_at < ${before}::timestamptz) ORDER BY r.watched_at NULLS FIRST, r.id`,
  )
  return found.map(({ id }) => id)
}

/** Keeps what was seen, unless the ring was moved meanwhile. */
export async function keepWatch(
  db: Db,
  ring: { id: number; state: string; since: number },
  watch: RingWatch,
  at: string,
): Promise<void> {
  await execute(
    db,
    sql`UPDATE decision_ring SET watch = ${JSON.stringify(watch)}::jsonb, watched_at = ${at}::timestamptz
        WHERE id = ${ring.id} AND state = ${ring.state} AND since = ${toTimestamp(ring.since)}::timestamptz`,
  )
}
