import type { Scope } from '@/lib/pipeline/actor'
import { CONTROLS, OUTCOMES } from '@/lib/pipeline/event/event'
import { RULE_NAME } from '@/lib/store/asr-rule-name'
import { attemptsWith, DECISION_OF } from '@/lib/store/screens/attempts'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { byTime } from '@/lib/store/screens/time-order'
import { type Sql, sql } from '@/lib/store/sql'
import { WITH_ACCOUNTS } from './accounts'
import { safeText } from './copy-out'
import { timeText } from './time-text'

/** The attempts page as it is filtered and ordered. */
export async function attemptsQuery(
  scope: Scope,
  asked: Pick<TableRequest, 'q' | 'filters' | 'descending'>,
): Promise<Sql> {
  return sql`${WITH_ACCOUNTS} SELECT ${safeText(sql`h.name`)} AS host, ${timeText(sql`a.occurred_at`)} AS occurred_at,
      (${[...CONTROLS]}::text[])[a.control + 1] AS control, (${[...OUTCOMES]}::text[])[a.outcome + 1] AS outcome, c.slug AS binary,
      ${safeText(sql`a.file_path`)} AS file, ${safeText(sql`a.rule_id`)} AS rule_id, ${safeText(RULE_NAME)} AS rule,
      ${safeText(sql`a.policy_id`)} AS policy_id, ${safeText(sql`a.policy_name`)} AS policy, ${safeText(sql`p.name`)} AS "user",
      ${safeText(sql`a.command_line`)} AS command_line, ${safeText(sql`a.destination`)} AS destination,
      ${safeText(sql`a.parent_image`)} AS parent_image, ${safeText(sql`a.parent_command_line`)} AS parent_command_line,
      ${safeText(sql`a.original_file_name`)} AS original_file_name, ${safeText(sql`a.signer`)} AS signer, ${safeText(sql`a.file_hash`)} AS file_hash,
      ${safeText(sql`f.path`)} AS source_file, ${safeText(sql`a.record_id`)} AS record_id,
      ${DECISION_OF} AS decision_id
    ${await attemptsWith(scope, asked, sql`LEFT JOIN account_name p ON p.id = a.principal_id`)} ORDER BY ${byTime(asked.descending, sql`a.`)}`
}
