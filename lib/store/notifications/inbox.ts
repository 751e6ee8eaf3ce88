import type { DeliveryChannel } from '@/lib/pipeline/decision/notification'
import { CHANGES, tellChange } from '@/lib/store/changes'
import { pool } from '@/lib/store/pool'
import { execute, sql, transaction } from '@/lib/store/sql'

/** Queues something to send that is no event. */
export async function queueTest(accountId: string, channel: DeliveryChannel, key: string): Promise<void> {
  await transaction(pool(), async (client) => {
    await execute(
      client,
      sql`WITH made AS (
            INSERT INTO notification (account_id, event, key, title, href, in_app)
            VALUES (${accountId}::uuid, 'test', ${key}, 'A test of your notifications', '/settings/notifications', false) RETURNING id)
          INSERT INTO notification_delivery (notification_id, channel) SELECT id, ${channel} FROM made`,
    )
    await tellChange(client, `notification:${accountId}`)
  })
}

/** Marks notifications as read: those of `ids`, or (null) all up to `throughId`. */
export async function markRead(
  accountId: string,
  which: { ids: readonly string[] } | { throughId: string },
): Promise<void> {
  const chosen =
    'ids' in which ? sql`id = ANY(${[...which.ids]}::bigint[])` : sql`id <= ${which.throughId}::bigint`
  await execute(
    pool(),
    sql`WITH marked AS (
          UPDATE notification SET read_at = now() WHERE account_id = ${accountId}::uuid AND read_at IS NULL AND ${chosen} RETURNING 1)
        SELECT pg_notify(${CHANGES}, ${`notification:${accountId}`}) FROM marked LIMIT 1`,
  )
}

/** Has a delivery that failed tried again. False when it is not the account's, or did not fail. */
export async function queueAgain(accountId: string, deliveryId: string): Promise<boolean> {
  const changed = await execute(
    pool(),
    sql`UPDATE notification_delivery d SET state = 'queued', attempts = 0, next_at = now() FROM notification n
        WHERE d.id = ${deliveryId}::bigint AND n.id = d.notification_id AND n.account_id = ${accountId}::uuid AND d.state = 'failed'`,
  )
  if (changed > 0) await tellChange(pool(), `notification:${accountId}`)
  return changed > 0
}
