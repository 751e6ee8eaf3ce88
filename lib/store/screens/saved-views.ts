import { pool } from '@/lib/store/pool'
import { containing } from '@/lib/store/screens/like'
import { plannedRows, rows, type Sql, sql } from '@/lib/store/sql'

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
  /** How many others open the page with it; of other people's views 0. */
  othersDefaults: number
}

/** Views `v` that are an account's own, or shared by others. */
function openTo(accountId: string): Sql {
  return sql`(v.account_id = ${accountId}::uuid OR v.shared)`
}

/** An account's own views of a page, and those that others share, by name. */
export async function listViews(accountId: string, page: string): Promise<SavedView[]> {
  return await plannedRows<SavedView>(
    pool(),
    sql`SELECT v.id, v.name, v.query, v.shared, v.version, v.account_id = ${accountId}::uuid AS mine, a.name AS owner,
          d.view_id IS NOT NULL AS "isDefault",
          CASE WHEN v.account_id = ${accountId}::uuid THEN (SELECT count(*)::int FROM view_default o JOIN account n ON n.id = o.account_id
            WHERE o.view_id = v.id AND o.account_id <> v.account_id AND n.disabled_at IS NULL) ELSE 0 END AS "othersDefaults"
        FROM saved_view v JOIN account a ON a.id = v.account_id
        LEFT JOIN view_default d ON d.view_id = v.id AND d.account_id = ${accountId}::uuid
        WHERE v.page = ${page} AND ${openTo(accountId)}
        ORDER BY v.account_id <> ${accountId}::uuid, lower(v.name), v.id`,
  )
}

/** Views of any page with a text in their name, an account's own first, and where they lead. */
export async function searchViews(
  accountId: string,
  text: string,
  most: number,
): Promise<{ name: string; href: string }[]> {
  return await rows<{ name: string; href: string }>(
    pool(),
    sql`SELECT v.name, v.page || '?' || v.query AS href FROM saved_view v
        WHERE v.name ILIKE ${containing(text)} AND ${openTo(accountId)}
        ORDER BY v.account_id <> ${accountId}::uuid, starts_with(lower(v.name), ${text.toLowerCase()}) DESC, lower(v.name), v.id
        LIMIT ${most}`,
  )
}

/** The query that each page's link opens, by page, where an account chose one. */
export async function listDefaultQueries(accountId: string): Promise<Record<string, string>> {
  const found = await plannedRows<{ page: string; query: string }>(
    pool(),
    sql`SELECT d.page, v.query FROM view_default d JOIN saved_view v ON v.id = d.view_id
        WHERE d.account_id = ${accountId}::uuid AND ${openTo(accountId)}`,
  )
  return Object.fromEntries(found.map(({ page, query }) => [page, query]))
}
