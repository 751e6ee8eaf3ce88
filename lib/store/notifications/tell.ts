import {
  type Audience,
  DECIDERS,
  DEFAULT_CHOICES,
  type DeliveryChannel,
  type NotificationEvent,
} from '@/lib/pipeline/decision/notification'
import { seesAll } from '@/lib/store/accounts'
import { CHANGES } from '@/lib/store/changes'
import { visibleToAccount } from '@/lib/store/screens/decision/sight'
import { type Db, execute, type Sql, sql } from '@/lib/store/sql'

/** What people are told. */
export type Telling = {
  event: NotificationEvent
  audience: Audience
  /** What it is about: nobody is told of the same thing twice. */
  key: string
  title: string
  /** Path of the page about it. */
  href: string
  /** Who did it and need not be told. */
  exceptAccountId: string | null
}

/** Ways out that work here at all: without them nothing is queued. */
export type OpenChannels = ReadonlySet<DeliveryChannel>

/** More than this many at once are told of together. Origin: what fits a screen of mail. */
export const MOST_APART = 10

/** Tells an audience, each as they chose, inside the caller's transaction; whoever watches is told once it commits. */
export async function tell(client: Db, telling: Telling, open: OpenChannels): Promise<void> {
  const { event, key, title, href, exceptAccountId, audience } = telling
  const otherwise = DEFAULT_CHOICES[event]
  await execute(
    client,
    sql`WITH reader AS (
          SELECT a.id, coalesce(c.in_app, ${otherwise.inApp}) AS in_app,
            ${open.has('email')} AND coalesce(c.email, ${otherwise.email}) AS email,
            ${open.has('webhook')} AND coalesce(c.webhook, ${otherwise.webhook}) AND w.account_id IS NOT NULL AS webhook
          FROM account a LEFT JOIN notification_choice c ON c.account_id = a.id AND c.event = ${event}
          LEFT JOIN webhook w ON w.account_id = a.id
          WHERE a.disabled_at IS NULL AND a.id IS DISTINCT FROM ${exceptAccountId}::uuid ${isAmong(audience)}),
        made AS (
          INSERT INTO notification (account_id, event, key, title, href, in_app)
          SELECT id, ${event}, ${key}, ${title}, ${href}, in_app FROM reader WHERE in_app OR email OR webhook
          ON CONFLICT (account_id, key) DO NOTHING RETURNING id, account_id),
        queued AS (
          INSERT INTO notification_delivery (notification_id, channel)
          SELECT m.id, way.channel FROM made m JOIN reader r ON r.id = m.account_id
          CROSS JOIN LATERAL (VALUES ('email', r.email), ('webhook', r.webhook)) way (channel, wanted) WHERE way.wanted)
        SELECT pg_notify(${CHANGES}, 'notification:' || account_id) FROM made`,
  )
}

function isAmong(audience: Audience): Sql {
  switch (audience.kind) {
    case 'account':
      return sql`AND a.id::text = ${audience.accountId}`
    case 'assignee':
      return sql`AND a.id = (SELECT assignee_id FROM deviation WHERE id = ${audience.deviationId}::bigint)`
    case 'deciders':
      return sql`AND a.role = ANY(${[...audience.roles]}::text[]) AND (${seesAll(sql`a`)} OR EXISTS (
        SELECT FROM decision d WHERE ARRAY[d.id::text, d.batch_id::text] && ${[...audience.subjectIds]}::text[] AND ${visibleToAccount(sql`a`)}))`
    case 'answerable':
      return isAnswerable(audience.decisionIds)
    case 'everybody':
      // what only some host groups may know is not told to the others
      return sql`AND ${seesAll(sql`a`)}`
  }
}

/** Who stands in for them is told as well; where none of those of a decision can sign in, those who may decide are. */
function isAnswerable(decisionIds: readonly string[]): Sql {
  const ids = sql`${[...decisionIds]}::int[]`
  const thoseOf = (which: Sql) =>
    sql`SELECT p.id FROM decision d JOIN account p ON p.id IN (d.proposed_by_id, d.owner_id, d.decided_by_id)
      WHERE d.id = ${which} AND p.disabled_at IS NULL`
  const theirs = thoseOf(sql`ANY(${ids})`)
  return sql`AND (a.id IN (${theirs})
    OR a.id IN (SELECT s.to_id FROM delegation s WHERE s.from_id IN (${theirs}) AND s.ended_at IS NULL AND s.until >= (now() AT TIME ZONE 'UTC')::date)
    OR (a.role = ANY(${[...DECIDERS]}::text[]) AND EXISTS (
      SELECT FROM unnest(${ids}) AS one (id) WHERE NOT EXISTS (${thoseOf(sql`one.id`)}))))`
}
