import { pool } from '@/lib/store/pool'
import { containing } from '@/lib/store/screens/like'
import { principalsNamed } from '@/lib/store/screens/principals-named'
import { rows, sql } from '@/lib/store/sql'

/** Ways to be started by them. */
const MAX_LAUNCHES = 20_000

/** Ids of the users whose names contain one of these texts, or whose SID one is. */
export async function findPrincipals(users: readonly string[]): Promise<string[] | null> {
  if (users.length === 0) return null
  const found = await rows<{ id: string }>(pool(), principalsNamed(users))
  return found.map(({ id }) => id)
}

/**
 * How processes were started by parents whose paths contain one of these texts: ids of `launch`, by which the planner knows how many were, and which it
 * checks first. Null = nothing is asked for, or there are too many to name: then the executions themselves have to be searched.
 */
export async function findLaunches(parents: readonly string[]): Promise<string[] | null> {
  if (parents.length === 0) return null
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM launch WHERE parent_image ILIKE ANY(${parents.map(containing)}::text[]) LIMIT ${MAX_LAUNCHES + 1}`,
  )
  return found.length > MAX_LAUNCHES ? null : found.map(({ id }) => id)
}
