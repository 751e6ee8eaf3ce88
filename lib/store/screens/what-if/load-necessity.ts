import type { Scope } from '@/lib/pipeline/actor'
import { countCoverage, LONGEST_GAP_DAYS } from '@/lib/pipeline/baseline/coverage'
import { dayOfNumber } from '@/lib/pipeline/days'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type GatheredPurpose, gatherNecessity } from '@/lib/pipeline/decision/gather-necessity'
import {
  type NecessityFacts,
  type Purpose,
  STARTERS,
  type Starter,
  type UseBy,
} from '@/lib/pipeline/decision/necessity'
import { planBlock } from '@/lib/pipeline/decision/what-if'
import { targetWords } from '@/lib/pipeline/deviation/words'
import { isExplainedBy } from '@/lib/store/deviations'
import { type CoveredHost, loadHostCoverage } from '@/lib/store/host-coverage'
import { eachPackedDays } from '@/lib/store/packed-uses'
import { pool } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { loadSignatures } from '@/lib/store/signatures'
import { empty, findRow, rows, sql } from '@/lib/store/sql'
import { type BinaryHeader, loadReporting } from '../binary/view'
import { type DataWindow, findCommonSpan } from '../data-window'
import { judgedOf, type Remembered, remembered } from '../remembered'
import { loadUseInput, type UseInput } from './replay-input'

/** Purposes that are listed; all are counted. */
const LISTED = 12

/** What is known of a binary's use on some hosts, of those in sight, over all that is stored. */
export async function loadNecessity(
  scope: Scope,
  entry: BinaryHeader,
  where: DecisionScope = { kind: 'fleet' },
): Promise<Remembered<NecessityFacts>> {
  const judged = await judgedOf(entry.id)
  return await remembered('necessity', scope, [entry.id, where, judged], () =>
    loadNecessityNow(scope, entry, where),
  )
}

/** The same as it is at this moment: for what is frozen. `span`: the common one, where it is known, for who asks of many binaries. */
export async function loadNecessityNow(
  scope: Scope,
  entry: BinaryHeader,
  where: DecisionScope,
  span?: DataWindow | null,
): Promise<NecessityFacts> {
  const window = span === undefined ? await findCommonSpan(scope) : span
  // a plan that blocks all: nothing of it is asked, it only joins signatures, hosts and the group
  const plan = planBlock(
    { slug: entry.slug, effect: 'execution', scope: where, exceptions: [] },
    'edr',
    entry,
  )
  const input = await loadUseInput(scope, entry.id, [plan])
  const inside = new Map(input.hosts.ids.map((id) => [id, true]))
  const { take, using, ...gathered } = gatherNecessity(input.kinds, inside)
  const [hosts, silent, daysUsed, deviations] = await Promise.all([
    window === null ? [] : loadHostCoverage(pool(), scope, window),
    window === null ? [] : listSilence(window, input.hosts.ids),
    countDaysUsed(scope, where, input, window),
    countDeviations(input),
    eachPackedDays(sql`entry_id = ${entry.id}`, take),
  ])
  const by = { ...NOBODY, ...Object.fromEntries(gathered.by()) }
  const purposes = await describePurposes(entry, input, gathered.purposes())
  return {
    unrecorded: entry.kind !== 'binary' ? 'runs-in-others' : entry.counted ? null : 'not-counted',
    window,
    silent,
    ...silenceOf(
      hosts.filter(({ hostId }) => inside.has(hostId)),
      using,
    ),
    hostsUsing: using.size,
    // accounts of services are no people
    people: by.person.people,
    by,
    executions: STARTERS.reduce((sum, starter) => sum + by[starter].executions, 0),
    ...daysUsed,
    ...purposes,
    ...deviations,
  }
}

/** Spans of the window, longer than machines are switched off, in which none of the hosts reported a process creation. */
async function listSilence({ from, to }: DataWindow, hostIds: readonly number[]): Promise<DataWindow[]> {
  return await rows<DataWindow>(
    pool(),
    sql`SELECT before + 1 AS from, day - 1 AS to FROM (SELECT day, lag(day) OVER (ORDER BY day) AS before FROM (
          SELECT d.day::date AS day FROM generate_series(${from}::timestamp, ${to}::timestamp, '1 day') AS d(day)
          WHERE EXISTS (SELECT FROM coverage c WHERE c.day = d.day::date AND c.host_id = ANY(${[...hostIds]}::int[]))
          UNION VALUES (${from}::date - 1), (${to}::date + 1)) AS reported) AS steps
        WHERE day - before > ${LONGEST_GAP_DAYS}::int ORDER BY 1`,
  )
}

function silenceOf(hosts: readonly CoveredHost[], using: ReadonlySet<number>) {
  const silent = hosts.filter(({ hostId }) => !using.has(hostId))
  return {
    hostDays: hosts.reduce((sum, { coverage, days }) => (coverage === 'full' ? sum + days : sum), 0),
    notSeenOn: countCoverage(silent.map(({ coverage }) => coverage)),
  }
}

const NONE: UseBy = { executions: 0, hosts: 0, people: 0 }
const NOBODY: Record<Starter, UseBy> = { system: NONE, service: NONE, person: NONE, unreported: NONE }

/** Single hosts have their own days; everything else is in the rollup by group. */
async function countDaysUsed(
  scope: Scope,
  where: DecisionScope,
  { entryId, hosts }: UseInput,
  window: DataWindow | null,
) {
  const of =
    where.kind === 'hosts'
      ? sql`usage WHERE entry_id = ${entryId} AND host_id = ANY(${hosts.ids}::int[])`
      : sql`use_day WHERE entry_id = ${entryId} ${inGroups(scope, sql`group_id`)} ${where.kind === 'groups' ? sql`AND group_id = ANY(${where.ids}::int[])` : empty}`
  const row = await findRow<{ days: string; last_day: string | null }>(
    pool(),
    sql`SELECT count(DISTINCT day) FILTER (WHERE day BETWEEN ${window?.from ?? null}::date AND ${window?.to ?? null}::date) AS days, max(day) AS last_day
        FROM ${of}`,
  )
  return { daysUsed: Number(row?.days ?? 0), lastDay: row?.last_day ?? null }
}

async function describePurposes(
  entry: BinaryHeader,
  input: UseInput,
  gathered: readonly GatheredPurpose[],
): Promise<{ purposes: Purpose[]; purposesTotal: number }> {
  const listed = gathered.slice(0, LISTED)
  const [signatures, states] = await Promise.all([
    loadSignatures(
      pool(),
      listed.map(({ signatureId }) => signatureId),
    ),
    loadStates(input, listed),
  ])
  const purposes = listed.map(({ signatureId, lastDay, ...one }, at) => {
    const target = signatures.get(signatureId)?.target ?? null
    return {
      ...one,
      parent: input.parents[one.parent] ?? null,
      pattern: input.patterns[one.pattern] ?? null,
      words: target && targetWords(entry.slug, target),
      lastDay: dayOfNumber(lastDay),
      deviation: states.get(at) ?? null,
    }
  })
  return { purposes, purposesTotal: gathered.length }
}

/** What people said of the deviations that purposes belong to, the gravest, by their places; those of none are left out. */
async function loadStates(
  { entryId, hosts, kinds }: UseInput,
  purposes: readonly GatheredPurpose[],
): Promise<Map<number, string>> {
  const places = new Map(purposes.map(({ parent, pattern }, at) => [`${parent} ${pattern}`, at]))
  const of = kinds.ids.flatMap((id, kind) => {
    const at = places.get(`${kinds.parent[kind]} ${kinds.pattern[kind]}`)
    return at === undefined ? [] : [{ id, at }]
  })
  const found = await rows<{ at: number; state: string }>(
    pool(),
    sql`WITH kind AS (SELECT * FROM unnest(${of.map(({ id }) => id)}::bigint[], ${of.map(({ at }) => at)}::int[]) AS k(signature_id, at)),
        judged AS (
          SELECT k.at, d.state FROM kind k JOIN deviation_hit t ON t.signature_id = k.signature_id JOIN deviation d ON d.id = t.deviation_id
          WHERE d.entry_id = ${entryId} AND t.host_id = ANY(${hosts.ids}::int[])
          UNION ALL
          SELECT k.at, d.state FROM deviation d
          JOIN (signature s LEFT JOIN pattern p ON p.id = s.pattern_id) ON s.entry_id = d.entry_id
          JOIN kind k ON k.signature_id = s.id
          WHERE d.entry_id = ${entryId} AND d.touched AND EXISTS (
            SELECT FROM usage u WHERE u.signature_id = s.id AND u.host_id = ANY(${hosts.ids}::int[]) AND ${isExplainedBy(sql`u`, sql`d`)}))
        SELECT DISTINCT ON (at) at, state FROM judged
        ORDER BY at, array_position(ARRAY['malicious', 'flagged', 'open', 'authorised-test', 'expected'], state)`,
  )
  return new Map(found.map(({ at, state }) => [at, state]))
}

async function countDeviations(input: UseInput) {
  const row = await findRow<{ open: string; malicious: string }>(
    pool(),
    sql`SELECT count(*) FILTER (WHERE d.state IN ('open', 'flagged')) AS open, count(*) FILTER (WHERE d.state = 'malicious') AS malicious
        FROM deviation d WHERE d.entry_id = ${input.entryId}
        AND EXISTS (SELECT FROM deviation_hit t WHERE t.deviation_id = d.id AND t.host_id = ANY(${input.hosts.ids}::int[]))`,
  )
  return { openDeviations: Number(row?.open ?? 0), maliciousDeviations: Number(row?.malicious ?? 0) }
}

export type GroupUse = {
  groupId: number | null
  /** null = hosts of no group. */
  name: string | null
  reporting: number
  hosts: number
  people: number
  executions: number
  lastDay: string | null
}

/** Use by host group as they are now, beside the hosts that reported anything in a window of all that is stored; the most used first. */
export async function loadUseOfGroups(
  scope: Scope,
  entryId: number,
  window: DataWindow,
): Promise<GroupUse[]> {
  const asked = [entryId, window]
  return (await remembered('use of groups', scope, asked, () => loadUseOfGroupsNow(scope, entryId, window)))
    .value
}

async function loadUseOfGroupsNow(scope: Scope, entryId: number, window: DataWindow): Promise<GroupUse[]> {
  const [{ fleet, groups }, used] = await Promise.all([
    loadReporting(scope, window),
    rows<{ group_id: number | null; hosts: string; people: string; executions: string; last_day: string }>(
      pool(),
      sql`SELECT m.group_id, count(DISTINCT u.host_id) AS hosts, count(DISTINCT nullif(u.principal_id, 0)) AS people,
            sum(u.executions) AS executions, max(u.last_day) AS last_day
          FROM host_use u LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL
          WHERE u.entry_id = ${entryId} ${inScope(scope, sql`u.host_id`)} GROUP BY m.group_id`,
    ),
  ])
  const ungrouped = fleet - groups.reduce((sum, { hosts }) => sum + hosts, 0)
  const places = [...groups, ...(ungrouped > 0 ? [{ id: null, name: null, hosts: ungrouped }] : [])]
  const uses = new Map(used.map((row) => [row.group_id, row]))
  return places
    .map(({ id, name, hosts }) => {
      const use = uses.get(id)
      return {
        groupId: id,
        name,
        reporting: hosts,
        hosts: Number(use?.hosts ?? 0),
        people: Number(use?.people ?? 0),
        executions: Number(use?.executions ?? 0),
        lastDay: use?.last_day ?? null,
      }
    })
    .toSorted((a, b) => b.executions - a.executions)
}
