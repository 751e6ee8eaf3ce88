import type pg from 'pg'
import { execute, rows, sql } from '@/lib/store/sql'
import { linesOf, toContent, toMembers } from './raw-blocks'

type Gathered = { id: string; content: Buffer }

/**
 * Drops the original records of blocks that no execution names any more, also where they were gathered with others of the name's day. For whoever holds the host's
 * lock and that of gathering.
 */
export async function dropRecords(
  client: pg.PoolClient,
  { hostId, aliasId, day }: { hostId: number; aliasId: number; day: string },
  blockIds: readonly string[],
): Promise<void> {
  if (blockIds.length === 0) return
  const ofDay = sql`host_id = ${hostId} AND alias_id = ${aliasId} AND day = ${day}::date`
  await execute(
    client,
    sql`DELETE FROM raw_block WHERE ${ofDay} AND id = ANY(${[...blockIds]}::bigint[]) AND coalesce(last_id, id) = id`,
  )
  const gathered = await rows<Gathered>(
    client,
    sql`SELECT id, content FROM raw_block b WHERE ${ofDay} AND last_id > id
          AND EXISTS (SELECT FROM unnest(${[...blockIds]}::bigint[]) AS gone(id) WHERE gone.id BETWEEN b.id AND b.last_id)`,
  )
  for (const block of gathered) {
    const { records, content } = await without(block, new Set(blockIds))
    const place = sql`host_id = ${hostId} AND id = ${block.id}::bigint`
    if (records === 0) await execute(client, sql`DELETE FROM raw_block WHERE ${place}`)
    else
      await execute(
        client,
        sql`UPDATE raw_block SET records = ${records}, content = ${content}::bytea WHERE ${place}`,
      )
  }
}

/** A gathered block less some of its members. */
async function without(block: Gathered, gone: ReadonlySet<string>) {
  const lines = await linesOf(block.content)
  const members = toMembers(lines.shift() ?? '[]')
  const first = BigInt(block.id)
  const kept = members.filter(([after]) => !gone.has(String(first + BigInt(after))))
  const left: string[] = []
  let at = 0
  for (const member of members) {
    const [, records] = member
    if (kept.includes(member)) left.push(...lines.slice(at, at + records))
    at += records
  }
  return { records: left.length, content: await toContent([JSON.stringify(kept), ...left].join('\n')) }
}
