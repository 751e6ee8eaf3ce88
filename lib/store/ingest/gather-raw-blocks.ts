import type pg from 'pg'
import { execute, givingWay, rows, sql, transaction } from '@/lib/store/sql'
import { linesOf, type Member, startsOf, toContent, toMembers } from './raw-blocks'

/** Blocks whose hosts are looked at in one step: after an upgrade all of them wait. */
const BLOCKS_A_STEP = 100
/** Names and days of a host that are looked at in one transaction. */
const DAYS_A_STEP = 30
/** To show one record all of its block are inflated: some milliseconds for as many. */
const RECORDS_A_BLOCK = 1_000

/** `lastId`: null as it was stored; its own id where nothing is to be gathered with it; else that of the last block gathered in it, whose members its first line tells. */
type Block = { id: string; lastId: string | null; records: number; content: Buffer | null }
type Gathered = { id: string; lastId: string; records: number; content: Buffer }

/**
 * Gathers the original records of days up to one that arrived a few at a time, as shippers bring them: a block each host name and day, a thousand records at most.
 * Alike as they are, they take a sixth of the room together. Executions go on naming the block that their record came in. A bounded step: answers the hosts it
 * looked at, 0 when none is left. Whoever calls it holds a lock: two at once would delete what the other has gathered.
 */
export async function gatherRawBlocks(pool: pg.Pool, upToDay: string): Promise<number> {
  const hosts = await rows<{ id: number }>(
    pool,
    sql`SELECT DISTINCT host_id AS id FROM (
          SELECT host_id FROM raw_block WHERE last_id IS NULL AND day <= ${upToDay}::date ORDER BY day LIMIT ${BLOCKS_A_STEP}) AS oldest`,
  )
  // a host's days may be moving to another host meanwhile
  for (const { id } of hosts)
    await givingWay(() => transaction(pool, (client) => gatherOfHost(client, id, upToDay)))
  return hosts.length
}

async function gatherOfHost(client: pg.PoolClient, hostId: number, upToDay: string): Promise<void> {
  const plans = (await daysToGather(client, hostId, upToDay)).flatMap(planOf)
  const gathered = await Promise.all(plans.filter(({ length }) => length > 1).map(toGathered))
  const gone = plans.flatMap((blocks) => blocks.slice(1).map(({ id }) => id))
  const alone = plans.flatMap((blocks) => (blocks.length === 1 ? blocks.map(({ id }) => id) : []))
  await execute(client, sql`DELETE FROM raw_block WHERE host_id = ${hostId} AND id = ANY(${gone}::bigint[])`)
  await execute(
    client,
    sql`UPDATE raw_block SET last_id = id WHERE host_id = ${hostId} AND id = ANY(${alone}::bigint[]) AND last_id IS NULL`,
  )
  await replace(client, hostId, gathered)
}

/** The blocks of each name and day of a host of which some were not looked at yet, oldest first. */
async function daysToGather(client: pg.PoolClient, hostId: number, upToDay: string): Promise<Block[][]> {
  const found = await rows<Block & { of: string }>(
    client,
    sql`SELECT concat_ws(' ', alias_id, day) AS of, id, last_id AS "lastId", records,
          CASE WHEN records < ${RECORDS_A_BLOCK} THEN content END AS content
        FROM raw_block WHERE host_id = ${hostId} AND (alias_id, day) IN (
          SELECT alias_id, day FROM raw_block WHERE host_id = ${hostId} AND last_id IS NULL AND day <= ${upToDay}::date
          GROUP BY alias_id, day ORDER BY day, alias_id LIMIT ${DAYS_A_STEP})
        ORDER BY alias_id, day, id`,
  )
  const days = new Map<string, Block[]>()
  for (const { of, ...block } of found) {
    const day = days.get(of)
    if (day) day.push(block)
    else days.set(of, [block])
  }
  return [...days.values()]
}

/** Blocks that become one, in order of their ids; those that are large stay alone. */
function planOf(blocks: readonly Block[]): Block[][] {
  const plans: Block[][] = []
  let room = 0
  for (const block of blocks) {
    const last = plans.at(-1)
    if (last !== undefined && block.records <= room) {
      last.push(block)
      room -= block.records
    } else {
      plans.push([block])
      room = RECORDS_A_BLOCK - block.records
    }
  }
  return plans
}

async function toGathered(blocks: readonly Block[]): Promise<Gathered> {
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

async function replace(client: pg.PoolClient, hostId: number, blocks: readonly Gathered[]): Promise<void> {
  const contents = blocks.map(({ content }) => content)
  await execute(
    client,
    sql`UPDATE raw_block SET last_id = g.last_id, records = g.records, content = substring(${Buffer.concat(contents)}::bytea FROM start FOR bytes)
        FROM unnest(${blocks.map(({ id }) => id)}::bigint[], ${blocks.map(({ lastId }) => lastId)}::bigint[],
          ${blocks.map(({ records }) => records)}::int[], ${startsOf(contents)}::int[], ${contents.map(({ length }) => length)}::int[])
          AS g(id, last_id, records, start, bytes)
        WHERE raw_block.host_id = ${hostId} AND raw_block.id = g.id`,
  )
}
