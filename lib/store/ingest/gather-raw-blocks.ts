import type pg from 'pg'
import { execute, rows, sql, transaction } from '@/lib/store/sql'
import { linesOf, type Member, startsOf, toContent, toMembers } from './raw-blocks'

/** Host names and days that are looked at in one transaction. */
const DAYS_A_STEP = 100
/** To show one record all of its block are inflated: some milliseconds for as many. */
const RECORDS_A_BLOCK = 1_000

/** `lastId`: null as it was stored; its own id where nothing is to be gathered with it; else that of the last block gathered in it, whose members its first line tells. */
type Block = { id: string; lastId: string | null; records: number; content: Buffer | null }
type DayOfHost = { hostId: number; blocks: Block[] }
type Gathered = { hostId: number; id: string; lastId: string; records: number; content: Buffer }

/**
 * Gathers the original records of days up to one that arrived a few at a time, as shippers bring them: a block each host name and day, a thousand records at most.
 * Alike as they are, they take a fifth of the room together. Executions go on naming the block that their record came in. A bounded step: answers the host names and
 * days it looked at, 0 when none is left.
 */
export async function gatherRawBlocks(pool: pg.Pool, upToDay: string): Promise<number> {
  return await transaction(pool, async (client) => {
    const days = await lockDays(client, upToDay)
    if (days.length === 0) return 0
    const plans = days.flatMap(planOf)
    const gathered = await Promise.all(plans.filter(({ blocks }) => blocks.length > 1).map(toGathered))
    const gone = plans.flatMap(({ hostId, blocks }) => blocks.slice(1).map(({ id }) => ({ hostId, id })))
    const alone = plans.flatMap(({ hostId, blocks }) =>
      blocks.length === 1
        ? blocks.filter(({ lastId }) => lastId === null).map(({ id }) => ({ hostId, id }))
        : [],
    )
    await execute(
      client,
      sql`DELETE FROM raw_block USING ${keysOf(gone)} WHERE raw_block.host_id = k.host_id AND raw_block.id = k.id`,
    )
    await execute(
      client,
      sql`UPDATE raw_block SET last_id = raw_block.id FROM ${keysOf(alone)} WHERE raw_block.host_id = k.host_id AND raw_block.id = k.id`,
    )
    await replace(client, gathered)
    return days.length
  })
}

function keysOf(keys: readonly { hostId: number; id: string }[]) {
  return sql`unnest(${keys.map(({ hostId }) => hostId)}::int[], ${keys.map(({ id }) => id)}::bigint[]) AS k(host_id, id)`
}

/** The blocks of host names and days of which some were not looked at yet, oldest first. */
async function lockDays(client: pg.PoolClient, upToDay: string): Promise<DayOfHost[]> {
  const found = await rows<Block & { hostId: number; of: string }>(
    client,
    sql`SELECT host_id AS "hostId", concat_ws(' ', host_id, alias_id, day) AS of, id, last_id AS "lastId", records,
          CASE WHEN records < ${RECORDS_A_BLOCK} THEN content END AS content
        FROM raw_block JOIN (
          SELECT host_id, alias_id, day FROM raw_block WHERE last_id IS NULL AND day <= ${upToDay}::date
          GROUP BY host_id, alias_id, day ORDER BY day, host_id, alias_id LIMIT ${DAYS_A_STEP}) AS due USING (host_id, alias_id, day)
        ORDER BY host_id, alias_id, day, id FOR UPDATE OF raw_block`,
  )
  const days = new Map<string, DayOfHost>()
  for (const { hostId, of, ...block } of found) {
    const day = days.get(of)
    if (day) day.blocks.push(block)
    else days.set(of, { hostId, blocks: [block] })
  }
  return [...days.values()]
}

/** Blocks that become one, in order of their ids; those that are large stay alone. */
function planOf({ hostId, blocks }: DayOfHost): DayOfHost[] {
  const plans: DayOfHost[] = []
  let room = 0
  for (const block of blocks) {
    const last = plans.at(-1)
    if (last !== undefined && block.records <= room) {
      last.blocks.push(block)
      room -= block.records
    } else {
      plans.push({ hostId, blocks: [block] })
      room = RECORDS_A_BLOCK - block.records
    }
  }
  return plans
}

async function toGathered({ hostId, blocks }: DayOfHost): Promise<Gathered> {
  const first = BigInt(blocks[0]?.id ?? 0)
  // one that was stored late may lie before the last of those that were gathered
  const last = blocks
    .map(({ id, lastId }) => BigInt(lastId ?? id))
    .reduce((high, id) => (id > high ? id : high), first)
  const parts = await Promise.all(blocks.map(open))
  const members = parts.flatMap(({ id, members }) =>
    members.map(([after, records]): Member => [Number(BigInt(id) - first) + after, records]),
  )
  const lines = parts.flatMap((part) => part.lines)
  return {
    hostId,
    id: `${first}`,
    lastId: `${last}`,
    records: lines.length,
    content: await toContent([JSON.stringify(members), ...lines].join('\n')),
  }
}

async function open({ id, lastId, records, content }: Block) {
  const lines = content === null ? [] : await linesOf(content)
  const isGathered = lastId !== null && lastId !== id
  const members: Member[] = isGathered ? toMembers(lines.shift() ?? '[]') : [[0, records]]
  return { id, members, lines }
}

async function replace(client: pg.PoolClient, blocks: readonly Gathered[]): Promise<void> {
  const contents = blocks.map(({ content }) => content)
  await execute(
    client,
    sql`UPDATE raw_block SET last_id = g.last_id, records = g.records, content = substring(${Buffer.concat(contents)}::bytea FROM start FOR bytes)
        FROM unnest(${blocks.map(({ hostId }) => hostId)}::int[], ${blocks.map(({ id }) => id)}::bigint[], ${blocks.map(({ lastId }) => lastId)}::bigint[],
          ${blocks.map(({ records }) => records)}::int[], ${startsOf(contents)}::int[], ${contents.map(({ length }) => length)}::int[])
          AS g(host_id, id, last_id, records, start, bytes)
        WHERE raw_block.host_id = g.host_id AND raw_block.id = g.id`,
  )
}
