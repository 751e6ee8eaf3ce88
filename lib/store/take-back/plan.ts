import type pg from 'pg'
import { execute, findRow, raw, rows, sql } from '@/lib/store/sql'
import { ofFiles, partsOf, type Taken } from './parts'
import type { NamedDay } from './take-day'

/** Lists the names' days of which something has to be taken back. Those that are listed stay as they are. */
export async function planDays(db: pg.Pool, taken: Taken): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO take_back_day (upload_id, alias_id, day)
        SELECT DISTINCT ${taken.uploadId}::uuid, alias_id, day FROM (
          SELECT alias_id, day FROM (${partsOf(taken)}) facts
          UNION ALL SELECT alias_id, day FROM telemetry WHERE ${ofFiles(taken)} AND day >= ${taken.since}::date) found
        ON CONFLICT DO NOTHING`,
  )
}

const DAYS_A_STEP = 100

/** Some of the days that are not done yet, a name's one after the other, so that its host is computed once. */
export async function nextDays(db: pg.Pool, uploadId: string): Promise<NamedDay[]> {
  return await rows<NamedDay>(
    db,
    sql`SELECT alias_id AS "aliasId", day FROM take_back_day WHERE upload_id = ${uploadId}::uuid AND NOT done
        ORDER BY alias_id, day LIMIT ${DAYS_A_STEP}`,
  )
}

export async function countDone(db: pg.Pool, uploadId: string): Promise<number> {
  const found = await findRow<{ done: number }>(
    db,
    sql`SELECT count(*)::int AS done FROM take_back_day WHERE upload_id = ${uploadId}::uuid AND done`,
  )
  return found?.done ?? 0
}

/** Says that all of an upload's facts are taken back, once they are; what its files told again of others, and of which hosts, is of no use any more. */
export async function finishTaking(client: pg.PoolClient, { uploadId, fileIds }: Taken): Promise<void> {
  for (const table of ['import_overlap', 'import_host'])
    await execute(client, sql`DELETE FROM ${raw(table)} WHERE file_id = ANY(${[...fileIds]}::int[])`)
  await execute(
    client,
    sql`UPDATE upload SET state = 'taken-back' WHERE id = ${uploadId}::uuid AND state = 'taking-back'`,
  )
}
