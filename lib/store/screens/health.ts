import { pool } from '@/lib/store/pool'
import { execute, sql } from '@/lib/store/sql'

/** Whether the database answers. */
export async function databaseAnswers(): Promise<boolean> {
  return await execute(pool(), sql`SELECT 1`).then(
    () => true,
    () => false,
  )
}
