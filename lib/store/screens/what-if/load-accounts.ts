import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { remembered } from '../remembered'

/** Names are keyed one by one, which takes as long as the replay of a rare binary: what all binaries ask alike is remembered. */
const ACCOUNTS_SLOW_MS = 20

/**
 * By the ids of what was reported: the one that stands for an account where several have its name, in another case, with a SID or without. An exception names
 * an account so, and spares all of them.
 */
export async function loadAccounts(): Promise<ReadonlyMap<string, string>> {
  const { value } = await remembered(
    'accounts by name',
    { kind: 'all' },
    null,
    () =>
      rows<{ id: string; account: string }>(
        pool(),
        sql`SELECT id, account FROM (
              SELECT id, first_value(id) OVER (PARTITION BY lower(coalesce(name, sid)) ORDER BY coalesce(name, sid) COLLATE "C", id) AS account,
                count(*) OVER (PARTITION BY lower(coalesce(name, sid))) AS reported
              FROM principal WHERE coalesce(name, sid) IS NOT NULL) p WHERE reported > 1`,
      ),
    { slowMs: ACCOUNTS_SLOW_MS, oldestMs: 0 },
  )
  return new Map(value.map(({ id, account }) => [id, account]))
}
