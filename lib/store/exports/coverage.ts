import type { Scope } from '@/lib/pipeline/actor'
import { SENSORS, TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import { inScope } from '@/lib/store/scope'
import type { DataWindow } from '@/lib/store/screens/data-window'
import { containing } from '@/lib/store/screens/like'
import { matching, type TableRequest } from '@/lib/store/screens/table-request'
import { empty, type Sql, sql } from '@/lib/store/sql'
import { safeText } from './copy-out'
import { timeText } from './time-text'
import { inside } from './use'

/** What each host's sensors gave a day; `sensor` is empty where only a control's own log arrived. */
export function coverageQuery(
  scope: Scope,
  asked: Pick<TableRequest, 'q' | 'filters'>,
  window: DataWindow | null,
): Sql {
  const { q } = asked
  return sql`SELECT ${safeText(sql`h.name`)} AS host, day, (${[...SENSORS]}::text[])[sensor + 1] AS sensor,
      coalesce(c.creations, 0) AS creations, coalesce(c.with_command_line, 0) AS with_command_line, coalesce(c.with_parent, 0) AS with_parent,
      coalesce(c.with_hash, 0) AS with_hash, ${timeText(sql`coalesce(c.first_at, t.first_at)`)} AS first_at,
      ${timeText(sql`coalesce(c.last_at, t.last_at)`)} AS last_at, t.other_events, t.controls
    FROM (SELECT * FROM coverage WHERE true ${inside(window, sql`day`)} ${inScope(scope, sql`host_id`)}) c
    FULL JOIN (${arrived(scope, window)}) t USING (host_id, day, sensor)
    JOIN host h ON h.id = host_id
    WHERE true ${matching(asked, 'host', sql`h.name`)}
      ${q === '' ? empty : sql`AND EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id AND a.alias ILIKE ${containing(q)})`}
    ORDER BY h.name, day, coalesce(c.sensor, t.sensor)`
}

/** Kinds of events, beside creations, that arrived from a host, day and sensor, and the controls that sent theirs. */
function arrived(scope: Scope, window: DataWindow | null): Sql {
  return sql`SELECT host_id, day, sensor, min(first_at) AS first_at, max(last_at) AS last_at,
      string_agg(DISTINCT k.name, ' ' ORDER BY k.name) FILTER (WHERE k.name <> 'process-creation') AS other_events,
      string_agg(DISTINCT subject, ' ' ORDER BY subject) FILTER (WHERE sensor = -1 AND subject <> '') AS controls
    FROM telemetry JOIN unnest(${[...TELEMETRY_KINDS]}::text[]) WITH ORDINALITY AS k(name, place) ON k.place = kind + 1
    WHERE true ${inside(window, sql`day`)} ${inScope(scope, sql`host_id`)} GROUP BY host_id, day, sensor`
}
