import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync, inflateRaw } from 'node:zlib'
import type pg from 'pg'
import type { Scope } from '@/lib/pipeline/actor'
import { inScope } from '@/lib/store/scope'
import { type Db, rows, sql } from '@/lib/store/sql'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** Texts of original records, one a line, as a block keeps them. */
export async function toContent(text: string): Promise<Buffer> {
  return text.length > LARGE ? await deflate(text) : deflateRawSync(text)
}

/** Characters. To have another thread deflate a text costs more than to deflate a short one; a long one would keep this thread from all else. */
const LARGE = 256 * 1024

export async function linesOf(content: Buffer): Promise<string[]> {
  return (await inflate(content)).toString('utf8').split('\n')
}

export type RawRecord = { ordinal: number; hostId: number; aliasId: number; day: string; original: string }
export type StoredRaw = { blockId: string; index: number }

/** Stores original records as one deflated block a host name and day; answers where each one went, by ordinal. */
export async function storeRawRecords(
  client: pg.PoolClient,
  records: readonly RawRecord[],
): Promise<Map<number, StoredRaw>> {
  if (records.length === 0) return new Map()
  const groups = new Map<string, RawRecord[]>()
  for (const record of records) {
    const key = `${record.aliasId} ${record.day}`
    const group = groups.get(key)
    if (group) group.push(record)
    else groups.set(key, [record])
  }
  const blocks = await Promise.all([...groups.values()].map(toBlock))
  const contents = blocks.map(({ content }) => content)
  // bytes by themselves go as they are; in an array they would go as hexadecimal text
  const stored = await rows<{ id: string; alias_id: number; day: string }>(
    client,
    sql`INSERT INTO raw_block (host_id, alias_id, day, records, content)
        SELECT host_id, alias_id, day, records, substring(${Buffer.concat(contents)}::bytea FROM start FOR bytes)
        FROM unnest(${blocks.map(({ hostId }) => hostId)}::int[], ${blocks.map(({ aliasId }) => aliasId)}::int[],
          ${blocks.map(({ day }) => day)}::date[], ${blocks.map(({ size }) => size)}::int[], ${startsOf(contents)}::int[],
          ${contents.map(({ length }) => length)}::int[]) AS b(host_id, alias_id, day, records, start, bytes)
        RETURNING id, alias_id, day`,
  )
  const idOf = new Map(stored.map((block) => [`${block.alias_id} ${block.day}`, block.id]))
  return new Map(
    [...groups].flatMap(([key, group]) =>
      group.map(({ ordinal }, index) => [ordinal, { blockId: idOf.get(key) ?? '', index }] as const),
    ),
  )
}

/** Where each begins when they follow each other, counted from 1. */
export function startsOf(contents: readonly Buffer[]): number[] {
  let at = 1
  return contents.map(({ length }) => {
    const start = at
    at += length
    return start
  })
}

async function toBlock(group: readonly RawRecord[]) {
  const [{ hostId, aliasId, day } = { hostId: 0, aliasId: 0, day: '' }] = group
  const content = await toContent(group.map(({ original }) => original).join('\n'))
  return { hostId, aliasId, day, size: group.length, content }
}

/**
 * The original record at an index of the block that it was stored in, which may have been gathered since (gather-raw-blocks.ts), as JSON text; null when it
 * is no longer kept or out of scope.
 */
export async function findRawRecord(
  db: Db,
  scope: Scope,
  hostId: number,
  blockId: string,
  index: number,
): Promise<string | null> {
  // of a day, or of another name, there may be several whose first and last lie around it
  const blocks = await rows<{ after: number; gathered: boolean; content: Buffer }>(
    db,
    sql`SELECT (${blockId}::bigint - id)::float8 AS after, coalesce(last_id > id, false) AS gathered, content FROM raw_block
        WHERE host_id = ${hostId} AND id <= ${blockId}::bigint AND coalesce(last_id, id) >= ${blockId}::bigint ${inScope(scope, sql`host_id`)}`,
  )
  for (const { after, gathered, content } of blocks) {
    const lines = await linesOf(content)
    const place = gathered ? placeOf(after, toMembers(lines.shift() ?? '[]')) : 0
    if (place !== null) return lines[place + index] ?? null
  }
  return null
}

/** A block that was gathered into another: its id less the other's, and its records. */
export type Member = readonly [after: number, records: number]

export function toMembers(line: string): Member[] {
  return JSON.parse(line)
}

/** How many records lie before those of a member; null where it is none. */
function placeOf(member: number, members: readonly Member[]): number | null {
  let place = 0
  for (const [after, records] of members) {
    if (after === member) return place
    place += records
  }
  return null
}
