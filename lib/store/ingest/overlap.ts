import type pg from 'pg'
import { type Db, execute, type Sql, sql } from '@/lib/store/sql'

/** Tables of facts of which each row names the file that it came from, at (host_id, occurred_at, id); import_overlap and what takes imports back name them by their place. */
export const FACTS = ['execution', 'process', 'process_event', 'attempt', 'policy_state'] as const
export type Fact = (typeof FACTS)[number]

/** A stored fact that a batch told again. `fileId`: by which it is stored; null = a release before did not note it. */
export type KnownFact = {
  fact: Fact
  fileId: number | null
  aliasId: number
  /** YYYY-MM-DD */
  day: string
  id: string
}

/** The statement that adds to what is known of overlaps: a query of (file_id, of_file_id, alias_id, day, fact, records, ids). */
export function addingOverlaps(query: Sql): Sql {
  return sql`INSERT INTO import_overlap AS o (file_id, of_file_id, alias_id, day, fact, records, ids) ${query}
      ON CONFLICT (of_file_id, alias_id, day, fact, file_id) DO UPDATE SET records = o.records + excluded.records, ids = o.ids # excluded.ids`
}

type Overlap = Omit<KnownFact, 'id' | 'fileId'> & { fileId: number; records: number; ids: bigint }

/**
 * Notes what a file told that others had told before: sums of each name's day, since rows would be as many as there are records. Facts of the file itself are
 * left out. Sums of a record that a file tells twice no longer say which records they are, so that nothing is kept for its sake.
 */
export async function noteOverlap(
  client: pg.PoolClient,
  fileId: number,
  known: readonly KnownFact[],
): Promise<void> {
  const sums = [...sumUp(known).values()].filter((one) => one.fileId !== fileId)
  if (sums.length === 0) return
  await execute(
    client,
    addingOverlaps(sql`SELECT ${fileId}::int, * FROM unnest(${sums.map((one) => one.fileId)}::int[], ${sums.map(({ aliasId }) => aliasId)}::int[],
          ${sums.map(({ day }) => day)}::date[], ${sums.map(({ fact }) => FACTS.indexOf(fact))}::smallint[],
          ${sums.map(({ records }) => records)}::int[], ${sums.map(({ ids }) => String(ids))}::bigint[])`),
  )
}

function sumUp(known: readonly KnownFact[]): Map<string, Overlap> {
  const sums = new Map<string, Overlap>()
  for (const { fileId, id, ...place } of known) {
    if (fileId === null) continue
    const name = `${fileId} ${place.aliasId} ${place.day} ${place.fact}`
    const sum = sums.get(name)
    if (sum === undefined) sums.set(name, { ...place, fileId, records: 1, ids: BigInt(id) })
    else {
      sum.records++
      sum.ids ^= BigInt(id)
    }
  }
  return sums
}

/** The statement that forgets what an upload lost to imports that were taken back: it is read again. */
export function forgettingLost(uploadId: string): Sql {
  return sql`DELETE FROM import_overlap o USING import_file mine, import_file f, upload u
      WHERE mine.id = o.file_id AND mine.upload_id = ${uploadId}::uuid AND f.id = o.of_file_id AND u.id = f.upload_id AND u.state = 'taken-back'`
}

/** Forgets overlaps of days before one, whose facts are let go of. */
export async function forgetOldOverlaps(db: Db, beforeDay: string): Promise<void> {
  await execute(db, sql`DELETE FROM import_overlap WHERE day < ${beforeDay}::date`)
}
