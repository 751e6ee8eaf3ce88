import type { Scope } from '@/lib/pipeline/actor'
import { FEATURES } from '@/lib/pipeline/baseline/features'
import { SENSORS } from '@/lib/pipeline/event/event'
import { patientPool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { binariesWith } from '@/lib/store/screens/binaries'
import { loadBinariesUse } from '@/lib/store/screens/binaries-use'
import { type DataWindow, inWindow } from '@/lib/store/screens/data-window'
import { hostsWith, lastSeenOf, loadMaturityOfAll } from '@/lib/store/screens/hosts'
import { loadHostsUse } from '@/lib/store/screens/hosts-use'
import { containing } from '@/lib/store/screens/like'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { empty, join, rows, type Sql, sql } from '@/lib/store/sql'
import { WITH_ACCOUNTS } from './accounts'
import { safeText } from './copy-out'
import { timeText } from './time-text'

type Asked = Pick<TableRequest, 'q' | 'filters'>

/** A score as exports print it: bits, three decimals. */
export function bits(millibits: Sql): Sql {
  return sql`round(${millibits} / 1000.0, 3)`
}

/** `AND …` for a list of host names or slugs, where one is asked for. */
function among(asked: Asked, filter: string, column: Sql): Sql {
  const chosen = asked.filters[filter]
  return chosen === undefined ? empty : sql`AND ${column} IN (${join(chosen)})`
}

/** `AND …` over a day; nothing where there is no data. */
export function inside(window: DataWindow | null, column: Sql): Sql {
  return window === null ? sql`AND false` : inWindow(window, column)
}

/** Each host's parents and command patterns of each binary, as the page of a host shows them. */
export function baselinesQuery(scope: Scope, asked: Asked, window: DataWindow | null): Sql {
  const pattern = FEATURES.indexOf('pattern')
  const knowing = (scopeId: Sql) =>
    sql`(SELECT coalesce(sum(r.hosts), 0) FROM prevalence r WHERE r.scope_id = ${scopeId} AND r.entry_id = w.entry_id
      AND r.feature = ${pattern}::int AND r.value_id = w.value_id)`
  const { q } = asked
  return sql`${WITH_ACCOUNTS} SELECT ${safeText(sql`h.name`)} AS host, ${safeText(sql`g.name`)} AS host_group, c.slug AS binary, ${safeText(sql`v.value`)} AS parent,
      ${safeText(sql`p.pattern`)} AS argument_pattern, ${timeText(sql`w.first_at`)} AS first_seen, ${timeText(sql`w.last_at`)} AS last_seen,
      w.days, bit_count(w.hours::bit(24)) AS hours_of_day, w.executions, w.users, ${bits(sql`w.score`)} AS highest_score, w.trusted AS learned,
      CASE WHEN w.value_id IS NOT NULL AND g.id IS NOT NULL THEN ${knowing(sql`g.id`)} END AS group_hosts,
      CASE WHEN w.value_id IS NOT NULL THEN ${knowing(sql`0`)} END AS fleet_hosts
    FROM (
      SELECT u.host_id, u.entry_id, s.feature_ids[1] AS value_id, s.pattern_id, s.feature_ids[3] AS parent_id, min(u.first_at) AS first_at,
        max(u.last_at) AS last_at, count(DISTINCT u.day) AS days, bit_or(u.hours) AS hours, sum(u.executions) AS executions,
        count(DISTINCT n.name) AS users, max(u.score_millibits) AS score, bool_or(u.trusted) AS trusted
      FROM usage u JOIN signature s ON s.id = u.signature_id LEFT JOIN account_name n ON n.id = u.principal_id
      WHERE true ${inside(window, sql`u.day`)} ${inScope(scope, sql`u.host_id`)}
      GROUP BY u.host_id, u.entry_id, s.feature_ids[1], s.pattern_id, s.feature_ids[3]) w
    JOIN host h ON h.id = w.host_id JOIN catalogue_entry c ON c.id = w.entry_id
    LEFT JOIN pattern p ON p.id = w.pattern_id LEFT JOIN feature_value v ON v.id = w.parent_id
    LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
    WHERE true ${among(asked, 'binary', sql`c.slug`)} ${among(asked, 'host', sql`h.name`)} ${among(asked, 'group', sql`g.name`)}
      ${q === '' ? empty : sql`AND (p.pattern ILIKE ${containing(q)} OR v.value ILIKE ${containing(q)} OR c.slug ILIKE ${containing(q)})`}
    ORDER BY h.name, c.slug, w.executions DESC, p.pattern, v.value`
}

/** The binaries page as it is filtered. */
export async function binariesQuery(scope: Scope, asked: Asked, window: DataWindow | null): Promise<Sql> {
  const { value: use } = await loadBinariesUse(scope, window)
  return sql`SELECT slug AS binary, ${safeText(sql`name`)} AS name, tier, counted, named_in_mission, coalesce(executions, 0) AS executions,
      coalesce(hosts, 0) AS hosts, coalesce(patterns, 0) AS patterns, coalesce(parents, 0) AS parents, coalesce(deviations, 0) AS open_deviations,
      ${bits(sql`score`)} AS highest_score, ${timeText(sql`last_at`)} AS last_seen, verdict, coalesce(decision, 'undecided') AS decision,
      array_to_string(attack, ' ') AS techniques, array_to_string(countermeasures, ' ') AS countermeasures
    FROM (${binariesWith(scope, asked, use)}) b ORDER BY executions DESC, slug`
}

/** The hosts page as it is filtered. */
export async function hostsQuery(scope: Scope, asked: Asked, window: DataWindow | null): Promise<Sql> {
  const { value: use } = await loadHostsUse(scope, window)
  const listed = hostsWith(scope, asked, window, use)
  // as many rounds as there are hundreds of hosts: pages need not wait behind them
  const db = patientPool()
  const found = await rows<{ id: number }>(db, sql`SELECT id FROM (${listed}) b`)
  const hostIds = found.map(({ id }) => id)
  const maturity = await loadMaturityOfAll(db, hostIds, window)
  return sql`SELECT ${safeText(sql`b.name`)} AS host, ${safeText(sql`group_name`)} AS host_group,
      ${safeText(sql`(SELECT string_agg(a.alias, ' ' ORDER BY a.alias) FROM host_alias a WHERE a.host_id = b.id)`)} AS names,
      ${timeText(lastSeenOf(sql`b.id`))} AS last_seen, ${sensorNames(sql`sensors`)} AS sensors, coalesce(days, 0) AS days_covered,
      coalesce(creations, 0) AS process_creations, coalesce(with_command_line, 0) AS with_command_line, coalesce(binaries, 0) AS binaries,
      coalesce(executions, 0) AS executions, coalesce(deviations, 0) AS open_deviations, ${bits(sql`score`)} AS highest_score,
      coverage, coalesce(gap_days, 0) AS gap_days, coalesce(longest_gap, 0) AS longest_gap_days,
      round(k.maturity::numeric, 3) AS maturity, greatest_shift AS clock_shift
    FROM (${listed}) b JOIN unnest(${hostIds}::int[], ${maturity}::float8[]) AS k(host_id, maturity) ON k.host_id = b.id ORDER BY b.name`
}

function sensorNames(sensors: Sql): Sql {
  return sql`(SELECT string_agg(name, ' ' ORDER BY at) FROM unnest(${[...SENSORS]}::text[]) WITH ORDINALITY AS s(name, at)
    WHERE ${sensors} & (1 << (at - 1)::int) <> 0)`
}
