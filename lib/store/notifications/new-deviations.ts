import { today } from '@/lib/clock'
import type { Scope } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { type Pool, toTimestamp } from '@/lib/store/pool'
import { type Db, findRow, rows, sql, transaction } from '@/lib/store/sql'
import { lockCursor, moveCursor } from './follow'
import {
  type Arrival,
  type Arrived,
  type Deviating,
  deviatingOn,
  findReaderQueue,
  forgetReadersBut,
  keepReaderQueue,
  listDeviating,
  listHostsInSight,
  lookAgain,
  type ReaderQueue,
  type SeenAs,
} from './reader-queue'
import { MOST_APART, type OpenChannels, tell } from './tell'

/** The database's clock, in microseconds since 1970. */
export async function readClock(db: Db): Promise<number> {
  const row = await findRow<{ at: number }>(db, sql`SELECT now() AS at`)
  return row?.at ?? 0
}

/**
 * Tells those who chose so of deviations that were first found since the last time and up to `untilUs`; of those whose score rose to what they see, that are back
 * there, or that were explained and deviate again, once each. Whoever calls it knows that nothing is being computed any more that began before then, so that none
 * is passed over. `changed`: whether anything was computed since, without which nothing rises. Answers whether it looked for that; while days of the past are
 * computed anew, only what is new is told.
 */
export async function tellOfNewDeviations(
  pool: Pool,
  untilUs: number,
  open: OpenChannels,
  changed = true,
): Promise<boolean> {
  return await transaction(pool, async (client) => {
    const from = await lockCursor(client, 'deviations')
    if (from === null || Number(from) >= untilUs) return false
    const span = { fromUs: Number(from), untilUs }
    if (!changed && !(await isAnyNew(client, span))) return true
    const isWhole = !(await isPastComputed(client))
    const readers = await listReaders(client)
    await forgetReadersBut(
      client,
      readers.map(({ accountId }) => accountId),
    )
    const sight = sightOnce(client)
    for (const reader of readers) await tellReader(client, { reader, sight, span, isWhole, open })
    await moveCursor(client, 'deviations', untilUs)
    return isWhole
  })
}

type Span = { fromUs: number; untilUs: number }

async function isAnyNew(client: Db, { fromUs, untilUs }: Span): Promise<boolean> {
  const any = await findRow(
    client,
    sql`SELECT 1 FROM deviation WHERE created_at > ${toTimestamp(fromUs)}::timestamptz AND created_at <= ${toTimestamp(untilUs)}::timestamptz LIMIT 1`,
  )
  return any !== null
}

/** Whether days of the past wait to be computed anew: a rebuild begins with none, and a merged host's facts move a day at a time. Today always waits where hosts go on sending. */
async function isPastComputed(client: Db): Promise<boolean> {
  const waiting = await findRow(
    client,
    sql`SELECT 1 WHERE EXISTS (SELECT FROM host_work WHERE dirty_from < ${addDays(today(), -1)}::date) OR EXISTS (SELECT FROM host_move)`,
  )
  return waiting !== null
}

type Reader = { accountId: string; scope: Scope; leastMillibits: number; seenAs: SeenAs }

async function listReaders(client: Db): Promise<Reader[]> {
  const found = await rows<{
    id: string
    least: number | null
    threshold: number
    groups: number[] | null
  }>(
    client,
    sql`SELECT a.id, c.min_score_millibits AS least, ${THRESHOLD_SQL} AS threshold,
          (SELECT array_agg(group_id ORDER BY group_id) FROM account_host_group g WHERE g.account_id = a.id) AS groups
        FROM notification_choice c JOIN account a ON a.id = c.account_id
        WHERE c.event = 'deviation-found' AND (c.in_app OR c.email OR c.webhook) AND a.disabled_at IS NULL ORDER BY a.id`,
  )
  return found.map(({ id, least, threshold, groups }) => ({
    accountId: id,
    leastMillibits: least ?? threshold,
    scope: groups === null ? { kind: 'all' } : { kind: 'groups', groupIds: groups },
    // whoever sees other hosts, or asks for other scores, is told of no more than what changes from then on
    seenAs: { groups, least },
  }))
}

/** The hosts that are seen, and what deviates on them, in this order: a host that joins them in between is a new one the next time too. */
type Sight = { hosts: number[] | null; items: Deviating[] }

/** What readers of one scope and score see is read once. */
function sightOnce(client: Db): (reader: Reader) => Promise<Sight> {
  const known = new Map<string, Promise<Sight>>()
  const read = async ({ scope, leastMillibits }: Reader) => ({
    hosts: await listHostsInSight(client, scope),
    items: await listDeviating(client, scope, leastMillibits),
  })
  return (reader) => {
    const key = JSON.stringify([reader.scope, reader.leastMillibits])
    const found = known.get(key) ?? read(reader)
    known.set(key, found)
    return found
  }
}

type Asked = {
  reader: Reader
  sight: (reader: Reader) => Promise<Sight>
  span: Span
  isWhole: boolean
  open: OpenChannels
}

async function tellReader(client: Db, { reader, sight, span, isWhole, open }: Asked): Promise<void> {
  const { accountId, leastMillibits, seenAs } = reader
  const seen = await sight(reader)
  const before = await findReaderQueue(client, accountId, seenAs)
  const look = lookAgain({ ...seen, leastMillibits, before, span, isWhole })
  const { after } = look
  const arrived = await withJoined(client, look.arrived, before, leastMillibits)
  if (after !== null) await keepReaderQueue(client, accountId, seenAs, after)
  const telling = {
    event: 'deviation-found',
    audience: { kind: 'account', accountId },
    exceptAccountId: null,
  } as const
  if (arrived.length > MOST_APART) {
    const key = `deviations:${span.untilUs}`
    await tell(client, { ...telling, key, title: titleOfAll(arrived), href: '/deviations' }, open)
    return
  }
  for (const { item, how } of arrived)
    await tell(
      client,
      {
        ...telling,
        key: `deviation:${item.id}${how === 'new' ? '' : `:${span.untilUs}`}`,
        title: `${TITLES[how](bits(item.scoreMillibits))}: ${item.binary}`,
        href: `/deviations/${item.id}`,
      },
      open,
    )
}

/** What shows on hosts alone that came into sight since did not rise. */
async function withJoined(
  client: Db,
  arrived: readonly Arrived[],
  before: ReaderQueue | null,
  leastMillibits: number,
): Promise<Arrived[]> {
  const risen = arrived.filter(({ how }) => how === 'risen').map(({ item }) => item.id)
  if (before === null || before.hosts === null || risen.length === 0) return [...arrived]
  const known = await deviatingOn(client, risen, before.hosts, leastMillibits)
  return arrived.map((one) =>
    one.how === 'risen' && !known.has(one.item.id) ? { ...one, how: 'joined' } : one,
  )
}

const TITLES: Readonly<Record<Arrival, (score: string) => string>> = {
  new: (score) => `New deviation, ${score}`,
  risen: (score) => `A deviation rose to ${score}`,
  joined: (score) => `A deviation on a host that is new to you, ${score}`,
  back: (score) => `A deviation is back, ${score}`,
  again: (score) => `What was explained deviates again, ${score}`,
}

/** In the order in which they are told of. */
const COUNTED: readonly [Arrival, (count: number) => string][] = [
  ['new', (count) => `${count} new deviations`],
  ['risen', (count) => `${count} that rose`],
  ['joined', (count) => `${count} on hosts that are new to you`],
  ['back', (count) => `${count} that are back`],
  ['again', (count) => `${count} that were explained and deviate again`],
]

function titleOfAll(arrived: readonly Arrived[]): string {
  const parts = COUNTED.flatMap(([how, words]) => {
    const count = arrived.filter((one) => one.how === how).length
    return count === 0 ? [] : [words(count)]
  })
  const [first = '', ...more] = parts
  const counted = more.length === 0 ? first : `${[first, ...more.slice(0, -1)].join(', ')} and ${more.at(-1)}`
  const top = arrived[0]?.item
  const what = arrived.some(({ how }) => how === 'new') ? counted : `Deviations: ${counted}`
  return `${what}, the highest ${bits(top?.scoreMillibits ?? 0)}: ${top?.binary ?? ''}`
}

function bits(millibits: number): string {
  return `${(millibits / 1000).toFixed(1)} bits`
}
