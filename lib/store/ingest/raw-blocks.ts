import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type pg from 'pg'
import type { Scope } from '@/lib/pipeline/actor'
import { inScope } from '@/lib/store/scope'
import { type Db, findRow, sql } from '@/lib/store/sql'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

export type RawRecordRef = { ordinal: number; hostId: number; aliasId: number; day: string; original: string }
export type StoredRaw = { ordinal: number; blockId: string; index: number }

/** Stores original records as one deflated block a host name and day; answers where each one went. */
export async function storeRawRecords(
  client: pg.PoolClient,
  records: readonly RawRecordRef[],
): Promise<StoredRaw[]> {
  const groups = new Map<string, RawRecordRef[]>()
  for (const record of records) {
    const key = `${record.aliasId} ${record.day}`
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  const stored: StoredRaw[] = []
  for (const group of groups.values()) {
    const first = group[0]
    if (!first) continue
    const content = await deflate(group.map(({ original }) => original).join('\n'))
    const block = await findRow<{ id: string }>(
      client,
      sql`INSERT INTO raw_block (host_id, alias_id, day, records, content)
          VALUES (${first.hostId}, ${first.aliasId}, ${first.day}::date, ${group.length}, ${content}) RETURNING id`,
    )
    if (!block) throw new Error('a raw block was not stored')
    group.forEach(({ ordinal }, index) => {
      stored.push({ ordinal, blockId: block.id, index })
    })
  }
  return stored
}

/** The original record at an index of a block, as JSON text; null when it is no longer kept or out of scope. */
export async function findRawRecord(
  db: Db,
  scope: Scope,
  hostId: number,
  blockId: string,
  index: number,
): Promise<string | null> {
  const block = await findRow<{ content: Buffer }>(
    db,
    sql`SELECT content FROM raw_block WHERE host_id = ${hostId} AND id = ${blockId}::bigint ${inScope(scope, sql`host_id`)}`,
  )
  if (!block) return null
  return (await inflate(block.content)).toString('utf8').split('\n')[index] ?? null
}
