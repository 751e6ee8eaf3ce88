import type { Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { type Pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { type Db, findRow, rows, sql, transaction } from '@/lib/store/sql'
import { lockCursor, moveCursor } from './follow'
import { MOST_APART, type OpenChannels, tell } from './tell'

/** The database's clock, in microseconds since 1970. */
export async function readClock(db: Db): Promise<number> {
  const row = await findRow<{ at: number }>(db, sql`SELECT now() AS at`)
  return row?.at ?? 0
}

/**
 * Tells those who chose so of deviations that were first found since the last time and up to `untilUs`. Whoever calls it knows that nothing
 * is being computed any more that began before then, so that none is passed over.
 */
export async function tellOfNewDeviations(pool: Pool, untilUs: number, open: OpenChannels): Promise<void> {
  await transaction(pool, async (client) => {
    const from = await lockCursor(client, 'deviations')
    if (from === null || Number(from) >= untilUs) return
    const span = { from: toTimestamp(Number(from)), until: toTimestamp(untilUs) }
    const any = await findRow(
      client,
      sql`SELECT 1 FROM deviation WHERE created_at > ${span.from}::timestamptz AND created_at <= ${span.until}::timestamptz LIMIT 1`,
    )
    if (any === null) return
    for (const reader of await listReaders(client)) await tellReader(client, reader, span, open)
    await moveCursor(client, 'deviations', untilUs)
  })
}

type Reader = { accountId: string; scope: Scope; minScoreMillibits: number | null }

async function listReaders(client: Db): Promise<Reader[]> {
  const found = await rows<{ id: string; least: number | null; groups: number[] | null }>(
    client,
    sql`SELECT a.id, c.min_score_millibits AS least,
          (SELECT array_agg(group_id) FROM account_host_group g WHERE g.account_id = a.id) AS groups
        FROM notification_choice c JOIN account a ON a.id = c.account_id
        WHERE c.event = 'deviation-found' AND (c.in_app OR c.email OR c.webhook) AND a.disabled_at IS NULL`,
  )
  return found.map(({ id, least, groups }) => ({
    accountId: id,
    minScoreMillibits: least,
    scope: groups === null ? { kind: 'all' } : { kind: 'groups', groupIds: groups },
  }))
}

type Span = { from: string; until: string }

async function tellReader(client: Db, reader: Reader, span: Span, open: OpenChannels): Promise<void> {
  const { accountId, scope, minScoreMillibits } = reader
  const found = await rows<{ id: string; binary: string; score: number }>(
    client,
    sql`SELECT d.id, c.name AS binary, max(h.score_millibits) AS score
        FROM deviation d JOIN catalogue_entry c ON c.id = d.entry_id JOIN deviation_hit h ON h.deviation_id = d.id
        WHERE d.state = 'open' AND d.created_at > ${span.from}::timestamptz AND d.created_at <= ${span.until}::timestamptz
          ${inScope(scope, sql`h.host_id`)}
        GROUP BY d.id, c.name HAVING max(h.score_millibits) >= coalesce(${minScoreMillibits}::int, ${THRESHOLD_SQL})
        ORDER BY score DESC, d.id`,
  )
  const telling = {
    event: 'deviation-found',
    audience: { kind: 'account', accountId },
    exceptAccountId: null,
  } as const
  if (found.length > MOST_APART) {
    const top = found[0]
    const title = `${found.length} new deviations, the highest ${bits(top?.score ?? 0)}: ${top?.binary ?? ''}`
    await tell(client, { ...telling, key: `deviations:${span.until}`, title, href: '/deviations' }, open)
    return
  }
  for (const { id, binary, score } of found)
    await tell(
      client,
      {
        ...telling,
        key: `deviation:${id}`,
        title: `New deviation, ${bits(score)}: ${binary}`,
        href: `/deviations/${id}`,
      },
      open,
    )
}

function bits(millibits: number): string {
  return `${(millibits / 1000).toFixed(1)} bits`
}
