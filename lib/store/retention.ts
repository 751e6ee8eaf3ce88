import { FACT_TABLES } from './partitions'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, findRow, sql } from './sql'

export type Retention = {
  /** Whole months of facts that are kept besides the present one; null = all. */
  factMonths: number | null
  /** Days of original records; null = all. */
  rawDays: number | null
}

/** `keptFrom`: facts of earlier days ('YYYY-MM-DD') are gone; null = none is. */
export type StoredRetention = Retention & { keptFrom: string | null; version: number }

export async function readRetention(db: Db): Promise<StoredRetention> {
  const row = await findRow<StoredRetention>(
    db,
    sql`SELECT fact_months AS "factMonths", raw_days AS "rawDays", kept_from AS "keptFrom", version FROM retention`,
  )
  return row ?? { factMonths: null, rawDays: null, keptFrom: null, version: 0 }
}

/** Facts of earlier times (µs since 1970) are not taken in; -Infinity = all are. */
export async function keptFromUs(db: Db): Promise<number> {
  const { keptFrom } = await readRetention(db)
  return keptFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(`${keptFrom}T00:00:00Z`) * 1000
}

/** Changes what is kept, if it is still as it was read: false means that somebody else was faster. */
export async function changeRetention(
  tx: PrismaTransaction,
  version: number,
  { factMonths, rawDays }: Retention,
): Promise<boolean> {
  const { count } = await tx.retention.updateMany({
    where: { version },
    data: { factMonths, rawDays, version: { increment: 1 } },
  })
  return count === 1
}

/** Moves the first day that is kept on; never back, for what was before it is gone. Nothing of earlier days is taken in or computed from then on. */
export async function moveKeptFrom(db: Db, day: string): Promise<void> {
  await execute(
    db,
    sql`UPDATE retention SET kept_from = ${day}::date WHERE kept_from IS NULL OR kept_from < ${day}::date`,
  )
  await execute(
    db,
    sql`UPDATE host_work SET dirty_from = ${day}::date, queued_from = CASE WHEN queued_from < ${day}::date THEN ${day}::date ELSE queued_from END
        WHERE host_id IN (
          SELECT host_id FROM host_work WHERE dirty_from < ${day}::date ORDER BY host_id FOR UPDATE)`,
  )
}

/** Drops the months that end before what is kept; answers how many tables. */
export async function dropOldFacts(db: Db): Promise<number> {
  let gone = 0
  for (const fact of FACT_TABLES) {
    const row = await findRow<{ gone: number }>(
      db,
      sql`SELECT drop_partitions_before_retention(${fact}) AS gone`,
    )
    gone += row?.gone ?? 0
  }
  return gone
}

const BLOCKS_A_STEP = 1_000

/** Removes original records of days before one, some at a time; answers the blocks removed, 0 when none is left. */
export async function removeOldRecords(db: Db, beforeDay: string): Promise<number> {
  return await execute(
    db,
    sql`DELETE FROM raw_block WHERE (host_id, id) IN (
          SELECT host_id, id FROM raw_block WHERE day < ${beforeDay}::date LIMIT ${BLOCKS_A_STEP})`,
  )
}
