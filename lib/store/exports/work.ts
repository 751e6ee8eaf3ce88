import type { Scope } from '@/lib/pipeline/actor'
import { auditFilter } from '@/lib/store/screens/audit'
import type { Judge } from '@/lib/store/screens/decision/awaiting'
import { NAMES_OF_SCOPE, toldTo, visibleTo } from '@/lib/store/screens/decision/sight'
import { decisionFilter, EVIDENCE } from '@/lib/store/screens/decisions'
import { toDeviationFilter } from '@/lib/store/screens/deviations/filter'
import { itemsWith, passing } from '@/lib/store/screens/deviations/items'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { raw, type Sql, sql } from '@/lib/store/sql'
import { safeText } from './copy-out'
import { timeText } from './time-text'
import { bits } from './use'

type Asked = Pick<TableRequest, 'q' | 'filters'>

/** The deviations page as it is filtered. `again`: explained, and open all the same. */
export function deviationsQuery(scope: Scope, asked: Asked): Sql {
  return sql`${itemsWith(scope, toDeviationFilter(asked))}
    SELECT id, slug AS binary, ${safeText(sql`title_in_words`)} AS argument_pattern, state, ${bits(sql`score`)} AS score,
      (SELECT string_agg(r->>'code', ' ' ORDER BY (r->>'millibits')::int DESC) FROM jsonb_array_elements(reasons) r) AS reasons,
      hosts, executions, ${timeText(sql`first_at`)} AS first_seen, ${timeText(sql`last_at`)} AS last_seen,
      array_to_string(attack, ' ') AS techniques, ${safeText(sql`assignee`)} AS assignee, ${safeText(sql`note`)} AS note,
      again::text AS again
    FROM item WHERE ${passing(null)} ORDER BY item.score DESC NULLS LAST, id`
}

/** The decisions page as it is filtered; the frozen evidence only where the reader sees all that it speaks of, and what people wrote as pages show it. */
export function decisionsQuery(scope: Scope, asked: Asked, judge: Judge | null): Sql {
  const visible = sql`(${visibleTo(scope)})`
  const told = (text: Sql) => sql`CASE WHEN ${toldTo(scope)} THEN ${safeText(text)} END`
  const evidence = (name: string) => sql`CASE WHEN ${visible} THEN ${EVIDENCE}->>${name} END`
  return sql`SELECT d.id, c.slug AS binary, d.verdict, d.state, d.scope->>'kind' AS scope, ${told(sql`d.justification`)} AS justification,
      ${safeText(sql`p.name`)} AS proposed_by, ${timeText(sql`d.proposed_at`)} AS proposed_at, ${safeText(sql`j.name`)} AS decided_by,
      ${timeText(sql`d.decided_at`)} AS decided_at, ${told(sql`d.comment`)} AS comment, ${evidence('executions')} AS evidence_executions,
      ${evidence('hosts')} AS evidence_hosts, ${evidence('patterns')} AS evidence_patterns, ${evidence('users')} AS evidence_users,
      ${evidence('openDeviations')} AS evidence_open_deviations, ${windowEnd(visible, 'from')} AS evidence_from, ${windowEnd(visible, 'to')} AS evidence_to,
      d.effect, d.control, jsonb_array_length(d.exceptions) AS exceptions, ${safeText(sql`coalesce(o.name, p.name)`)} AS owner, d.review_on,
      d.expires_on, ${told(sql`d.ticket`)} AS ticket, d.batch_id AS batch,
      (SELECT string_agg(r.state, ' ' ORDER BY r.position) FROM decision_ring r WHERE r.decision_id = d.id) AS rings,
      CASE WHEN d.scope->>'kind' = 'groups' OR ${visible} THEN ${safeText(sql`array_to_string(${NAMES_OF_SCOPE}, ', ')`)} END AS "where"
    FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id JOIN account p ON p.id = d.proposed_by_id
    LEFT JOIN account j ON j.id = d.decided_by_id LEFT JOIN account o ON o.id = d.owner_id ${decisionFilter(scope, asked, judge)} ORDER BY d.id DESC`
}

function windowEnd(visible: Sql, end: 'from' | 'to'): Sql {
  return sql`CASE WHEN ${visible} THEN ${EVIDENCE}->'window'->>${end} END`
}

/** The audit log as its page is filtered and ordered. */
export function auditQuery(asked: Asked & Pick<TableRequest, 'descending'>): Sql {
  return sql`SELECT id, ${timeText(sql`at`)} AS at, actor_kind, ${safeText(sql`actor_name`)} AS actor, action, subject_kind,
      ${safeText(sql`subject_id`)} AS subject_id, ${safeText(sql`detail::text`)} AS detail, encode(hash, 'hex') AS hash
    FROM audit_entry WHERE true ${auditFilter(asked)} ORDER BY id ${raw(asked.descending ? 'DESC' : 'ASC')}`
}
