import { pool } from '@/lib/store/pool'
import { containing } from '@/lib/store/screens/like'
import { principalsNamed } from '@/lib/store/screens/principals-named'
import { findRow, rows, sql } from '@/lib/store/sql'

/** Distinct parents that are walked through; a log of more has to be searched itself. */
const MAX_PARENTS = 20_000
/** Found ones that a query can ask for by name. */
const MAX_FOUND = 2_000
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
 * checks first. Null = nothing is asked for, or there are too many to name.
 */
export async function findLaunches(parents: readonly string[]): Promise<string[] | null> {
  const images = await findParents(parents)
  if (images === null) return null
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM launch WHERE parent_image = ANY(${images}::text[]) LIMIT ${MAX_LAUNCHES + 1}`,
  )
  return found.length > MAX_LAUNCHES ? null : found.map(({ id }) => id)
}

/**
 * The recorded parents whose paths contain one of these texts, found by walking the index from each distinct parent to the next. Null =
 * nothing is asked for, or there are too many to name: then the executions themselves have to be searched.
 */
async function findParents(parents: readonly string[]): Promise<string[] | null> {
  if (parents.length === 0) return null
  const found = await findRow<{ walked: string; values: string[] | null }>(
    pool(),
    sql`WITH RECURSIVE known AS (
          SELECT 1 AS place, (SELECT min(parent_image) FROM launch) AS value
          UNION ALL
          SELECT k.place + 1, (SELECT min(l.parent_image) FROM launch l WHERE l.parent_image > k.value)
          FROM known k WHERE k.value IS NOT NULL AND k.place < ${MAX_PARENTS})
        SELECT count(value) AS walked,
          (array_agg(value) FILTER (WHERE value ILIKE ANY(${parents.map(containing)}::text[])))[1:${MAX_FOUND + 1}] AS values
        FROM known`,
  )
  const values = found?.values ?? []
  return Number(found?.walked ?? 0) >= MAX_PARENTS || values.length > MAX_FOUND ? null : values
}
