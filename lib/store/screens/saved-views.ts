import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** A view that somebody may open. */
export type SavedView = {
  id: string
  name: string
  query: string
  shared: boolean
  version: number
  mine: boolean
  /** Whose it is. */
  owner: string
  /** The page's link opens it. */
  isDefault: boolean
}

/** An account's own views of a page, and those that others share, by name. */
export async function listViews(accountId: string, page: string): Promise<SavedView[]> {
  return await rows<SavedView>(
    pool(),
    sql`SELECT v.id, v.name, v.query, v.shared, v.version, v.account_id = ${accountId}::uuid AS mine, a.name AS owner,
          d.view_id IS NOT NULL AS "isDefault"
        FROM saved_view v JOIN account a ON a.id = v.account_id
        LEFT JOIN view_default d ON d.view_id = v.id AND d.account_id = ${accountId}::uuid
        WHERE v.page = ${page} AND (v.account_id = ${accountId}::uuid OR v.shared)
        ORDER BY v.account_id <> ${accountId}::uuid, lower(v.name), v.id`,
  )
}

/** The query that each page's link opens, by page, where an account chose one. */
export async function listDefaultQueries(accountId: string): Promise<Record<string, string>> {
  const found = await rows<{ page: string; query: string }>(
    pool(),
    sql`SELECT d.page, v.query FROM view_default d JOIN saved_view v ON v.id = d.view_id
        WHERE d.account_id = ${accountId}::uuid AND (v.shared OR v.account_id = d.account_id)`,
  )
  return Object.fromEntries(found.map(({ page, query }) => [page, query]))
}
