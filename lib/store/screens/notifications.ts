import {
  DEFAULT_CHOICES,
  type DeliveryChannel,
  NOTIFICATION_EVENTS,
  type NotificationChoice,
  type NotificationEvent,
} from '@/lib/pipeline/decision/notification'
import { pool } from '@/lib/store/pool'
import { findRow, rows, sql } from '@/lib/store/sql'

/** Something that somebody was told. Times in microseconds. */
export type InboxItem = {
  id: string
  event: string
  title: string
  href: string
  at: number
  readAt: number | null
}

const SHOWN_ITEMS = 200

/** What an account was told under its bell, newest first. */
export async function listInbox(accountId: string): Promise<InboxItem[]> {
  return await rows<InboxItem>(
    pool(),
    sql`SELECT id, event, title, href, at, read_at AS "readAt" FROM notification
        WHERE account_id = ${accountId}::uuid AND in_app ORDER BY id DESC LIMIT ${SHOWN_ITEMS}`,
  )
}

/** How an account wants to hear of each event, by default where it chose nothing. */
export async function readChoices(accountId: string): Promise<Record<NotificationEvent, NotificationChoice>> {
  const chosen = await rows<NotificationChoice & { event: string }>(
    pool(),
    sql`SELECT event, in_app AS "inApp", email, webhook, min_score_millibits AS "minScoreMillibits"
        FROM notification_choice WHERE account_id = ${accountId}::uuid`,
  )
  const of = (event: NotificationEvent): NotificationChoice => {
    const { event: _event, ...choice } = chosen.find((one) => one.event === event) ?? {
      event,
      ...DEFAULT_CHOICES[event],
    }
    return choice
  }
  return Object.fromEntries(NOTIFICATION_EVENTS.map((event) => [event, of(event)])) as Record<
    NotificationEvent,
    NotificationChoice
  >
}

/** Where an account's notifications are posted to; null = nowhere. */
export async function findWebhook(accountId: string): Promise<{ url: string; createdAt: number } | null> {
  return await findRow<{ url: string; createdAt: number }>(
    pool(),
    sql`SELECT url, created_at AS "createdAt" FROM webhook WHERE account_id = ${accountId}::uuid`,
  )
}

/** What became of something that was to be sent. Times in microseconds. */
export type DeliveryRow = {
  id: string
  at: number
  channel: DeliveryChannel
  title: string
  state: 'queued' | 'sent' | 'failed'
  attempts: number
  nextAt: number
  sentAt: number | null
  error: string | null
}

const SHOWN_DELIVERIES = 50

/** The last deliveries to an account, newest first. */
export async function listDeliveries(accountId: string): Promise<DeliveryRow[]> {
  return await rows<DeliveryRow>(
    pool(),
    sql`SELECT d.id, n.at, d.channel, n.title, d.state, d.attempts, d.next_at AS "nextAt", d.sent_at AS "sentAt", d.error
        FROM notification_delivery d JOIN notification n ON n.id = d.notification_id
        WHERE n.account_id = ${accountId}::uuid ORDER BY d.id DESC LIMIT ${SHOWN_DELIVERIES}`,
  )
}
