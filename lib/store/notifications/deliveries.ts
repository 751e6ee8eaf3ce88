import type { DeliveryChannel } from '@/lib/pipeline/decision/notification'
import { tellChange } from '@/lib/store/changes'
import { isDue } from '@/lib/store/is-due'
import type { Pool } from '@/lib/store/pool'
import { type Db, execute, findRow, rows, sql } from '@/lib/store/sql'

/** One way out of one notification that is due. */
export type Delivery = {
  id: string
  channel: DeliveryChannel
  /** How often it was tried, this time included. */
  attempts: number
  notificationId: string
  event: string
  title: string
  href: string
  /** Microseconds since 1970. */
  at: number
  /** `disabled`: nobody is told any more what waited for them. */
  account: { id: string; name: string; email: string; disabled: boolean }
  webhook: { url: string; salt: string } | null
}

/** Seconds after which another worker takes over what one died over. */
const LEASE_SECONDS = 120

type Row = Omit<Delivery, 'account' | 'webhook'> & {
  account_id: string
  name: string
  email: string
  disabled: boolean
  url: string | null
  salt: string | null
}

/** Takes what is due, the oldest first. Each comes to one worker at a time; one that died after sending has it sent again, under the same id. */
export async function takeDeliveries(pool: Pool, limit: number): Promise<Delivery[]> {
  const taken = await rows<Row>(
    pool,
    sql`UPDATE notification_delivery d SET attempts = attempts + 1, next_at = now() + make_interval(secs => ${LEASE_SECONDS})
        FROM notification n JOIN account a ON a.id = n.account_id LEFT JOIN webhook w ON w.account_id = a.id
        WHERE n.id = d.notification_id AND d.id IN (
          SELECT id FROM notification_delivery WHERE state = 'queued' AND ${isDue(sql`next_at`)} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING d.id, d.channel, d.attempts, n.id AS "notificationId", n.event, n.title, n.href, n.at,
          a.id AS account_id, a.name, a.email, a.disabled_at IS NOT NULL AS disabled, w.url, w.salt`,
  )
  return taken.map(({ account_id, name, email, disabled, url, salt, ...rest }) => ({
    ...rest,
    account: { id: account_id, name, email, disabled },
    webhook: url === null || salt === null ? null : { url, salt },
  }))
}

/** What became of an attempt: `retrySeconds` null = no more. */
export type Outcome = { sent: true } | { sent: false; error: string; retrySeconds: number | null }

export async function finishDelivery(
  pool: Pool,
  { id, account }: Pick<Delivery, 'id' | 'account'>,
  outcome: Outcome,
): Promise<void> {
  const { state, error, seconds } = outcome.sent
    ? { state: 'sent', error: null, seconds: 0 }
    : {
        state: outcome.retrySeconds === null ? 'failed' : 'queued',
        error: outcome.error,
        seconds: outcome.retrySeconds ?? 0,
      }
  await execute(
    pool,
    sql`UPDATE notification_delivery SET state = ${state}, error = ${error}, next_at = now() + make_interval(secs => ${seconds}),
          sent_at = CASE WHEN ${outcome.sent} THEN now() END WHERE id = ${id}::bigint`,
  )
  await tellChange(pool, `notification:${account.id}`)
}

/** Days that a notification is kept. Origin: a quarter, after which nobody asks what they were told. */
const KEPT_DAYS = 90

/** Forgets what was told long ago, and what became of it. */
export async function forgetOldNotifications(db: Db): Promise<void> {
  await execute(db, sql`DELETE FROM notification WHERE at < now() - make_interval(days => ${KEPT_DAYS})`)
}

/** Milliseconds until the next one is due; null = none waits. */
export async function findNextDue(db: Db): Promise<number | null> {
  const row = await findRow<{ ms: string | null }>(
    db,
    sql`SELECT ceil(extract(epoch FROM min(next_at) - now()) * 1000)::bigint AS ms FROM notification_delivery WHERE state = 'queued'`,
  )
  return row?.ms == null ? null : Math.max(0, Number(row.ms))
}
