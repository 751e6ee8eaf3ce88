import type { Scope } from '@/lib/pipeline/actor'
import { isExplainedBy } from '@/lib/store/deviations'
import { PARTNER_REACH } from '@/lib/store/partner-reach'
import { inScope } from '@/lib/store/scope'
import {
  looksAtRecords,
  type ResolvedFilter,
  recordConditions,
} from '@/lib/store/screens/executions/conditions'
import { searched } from '@/lib/store/screens/executions/look-through'
import { matchingKeys } from '@/lib/store/screens/executions/search'
import { byTime } from '@/lib/store/screens/time-order'
import { type Sql, sql } from '@/lib/store/sql'
import { isSameUse, isUseOf } from '@/lib/store/use-of-execution'
import { WITH_ACCOUNTS } from './accounts'
import { safeText } from './copy-out'
import { timeText } from './time-text'
import { bits } from './use'

/** Of the texts of e, which are joined here and not looked up one by one, as the view does: these are many rows. */
const MONTH = sql`date_trunc('month', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`

/** One row a process that matches, in the page's order; what its record does not say, its other records complete. */
export function executionsQuery(scope: Scope, filter: ResolvedFilter): Sql {
  return sql`${WITH_ACCOUNTS} SELECT ${safeText(sql`h.name`)} AS host, ${timeText(sql`e.occurred_at`)} AS occurred_at, c.slug AS binary,
      ${safeText(sql`i.path`)} AS image, ${safeText(sql`coalesce(line.text, o.command_line)`)} AS command_line,
      ${safeText(sql`p.pattern`)} AS argument_pattern, ${safeText(sql`coalesce(l.parent_image, o.parent_image)`)} AS parent_image,
      ${safeText(sql`coalesce(of_parent.text, o.parent_command_line)`)} AS parent_command_line,
      ${safeText(sql`n.name`)} AS "user", ${safeText(sql`i.original_file_name`)} AS original_file_name,
      ${bits(sql`used.score_millibits`)} AS score, d.id AS deviation_id, d.state AS triage,
      ${safeText(sql`f.path`)} AS source_file, ${safeText(sql`e.record_id`)} AS record_id
    FROM ${foundWithAnchors(scope, filter)}
    JOIN host h ON h.id = e.host_id JOIN catalogue_entry c ON c.id = e.entry_id
    JOIN image i ON i.id = e.image_id JOIN import_file f ON f.id = e.import_file_id
    LEFT JOIN launch l ON l.id = e.launch_id
    LEFT JOIN command_text line ON line.id = e.command_text_id AND line.month = ${MONTH}
    LEFT JOIN command_text of_parent ON of_parent.id = e.parent_text_id AND of_parent.month = ${MONTH}
    LEFT JOIN LATERAL (
      SELECT max(x.command_line) AS command_line, max(x.parent_image) AS parent_image, max(x.parent_command_line) AS parent_command_line,
        max(x.principal_id) AS principal_id
      FROM execution_with_texts x
      WHERE (e.command_text_id IS NULL OR l.parent_image IS NULL OR e.parent_text_id IS NULL OR e.principal_id IS NULL)
        AND x.host_id = a.host_id AND x.pid = a.pid AND x.anchor_id = a.id
        AND x.occurred_at BETWEEN a.occurred_at - ${PARTNER_REACH} AND a.occurred_at + ${PARTNER_REACH}) o ON true
    LEFT JOIN account_name n ON n.id = coalesce(e.principal_id, o.principal_id)
    LEFT JOIN usage used ON ${isUseOf(sql`used`, sql`a`)}
    LEFT JOIN signature s ON s.id = used.signature_id LEFT JOIN pattern p ON p.id = s.pattern_id
    LEFT JOIN deviation_hit hit ON ${isSameUse(sql`hit`, sql`used`)}
    LEFT JOIN deviation explaining ON ${isExplainedBy(sql`used`, sql`explaining`)}
    LEFT JOIN deviation d ON d.id = coalesce(hit.deviation_id, explaining.id)
    ORDER BY ${byTime(filter.newestFirst, sql`e.`)}`
}

/** What was found as `e`, with the anchors of their processes as `a`: the same, where only anchors are asked for. */
function foundWithAnchors(scope: Scope, filter: ResolvedFilter): Sql {
  if (looksAtRecords(filter))
    return sql`(${matchingKeys(scope, filter, null, searched(scope, filter))}) k
      JOIN execution e ON e.host_id = k.host_id AND e.occurred_at = k.occurred_at AND e.id = k.id
      JOIN execution a ON a.host_id = k.host_id AND a.occurred_at = k.anchor_at AND a.id = k.anchor_id`
  // of two columns that are equal the planner expects one row in 200, and would look up every name of every row by index: most rows are anchors
  const isAnchor = sql`CASE WHEN e.anchor_id = e.id THEN true ELSE false END`
  return sql`(SELECT e.* FROM ${searched(scope, filter)} e WHERE ${isAnchor} ${inScope(scope, sql`e.host_id`)} ${recordConditions(filter, 'e')}) e
      CROSS JOIN LATERAL (SELECT e.*) a`
}
