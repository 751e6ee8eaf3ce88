import { type AuditedAction, toAnnouncement } from '@/lib/pipeline/decision/notification'
import type { Pool } from '@/lib/store/pool'
import { type Db, execute, findRow, rows, sql, transaction } from '@/lib/store/sql'
import { type OpenChannels, tell } from './tell'

/** Entries looked at in one transaction. */
const STEP = 500

type Entry = AuditedAction & { actorId: string | null; binary: string | null }

/**
 * Tells people what the audit log says since the last time. Where it has come to is kept in the same transaction, so that every entry is told
 * of once, whatever process dies when. Answers whether more waits.
 */
export async function followAudit(pool: Pool, open: OpenChannels): Promise<boolean> {
  return await transaction(pool, async (client) => {
    const from = await lockCursor(client, 'audit')
    if (from === null) return false
    const entries = await rows<Entry>(
      client,
      sql`SELECT e.id, e.action, e.subject_id AS "subjectId", e.detail, e.actor_id AS "actorId", c.name AS binary
          FROM audit_entry e
          LEFT JOIN deviation d ON e.subject_kind = 'deviation' AND d.id::text = e.subject_id
          LEFT JOIN decision n ON e.subject_kind = 'decision' AND n.id::text = e.subject_id
          LEFT JOIN catalogue_entry c ON c.id = coalesce(d.entry_id, n.entry_id)
          WHERE e.id > ${from}::bigint ORDER BY e.id LIMIT ${STEP}`,
    )
    for (const entry of entries) await tellOf(client, entry, open)
    const last = entries.at(-1)
    if (last !== undefined) await moveCursor(client, 'audit', last.id)
    return entries.length === STEP
  })
}

async function tellOf(client: Db, { actorId, binary, ...entry }: Entry, open: OpenChannels): Promise<void> {
  const announcement = toAnnouncement(entry)
  if (announcement === null) return
  const title = binary === null ? announcement.title : `${announcement.title}: ${binary}`
  const { isToldToActor = false, ...telling } = announcement
  const except = !isToldToActor && actorId !== null && UUID.test(actorId) ? actorId : null
  await tell(client, { ...telling, title, key: `audit:${entry.id}`, exceptAccountId: except }, open)
}

const UUID = /^[0-9a-f-]{36}$/

/** Where it has come to; null while another process is at it. */
export async function lockCursor(client: Db, name: 'audit' | 'deviations'): Promise<string | null> {
  const row = await findRow<{ position: string }>(
    client,
    sql`SELECT position FROM notification_cursor WHERE name = ${name} FOR UPDATE SKIP LOCKED`,
  )
  return row?.position ?? null
}

export async function moveCursor(
  client: Db,
  name: 'audit' | 'deviations',
  position: string | number,
): Promise<void> {
  await execute(
    client,
    sql`UPDATE notification_cursor SET position = ${position}::bigint WHERE name = ${name}`,
  )
}
