import { raw, type Sql, sql } from './sql'

/** Bytes of an id in `usage.anchors`. */
const ID_BYTES = raw('8')

/**
 * Whether a row `u` of usage counts the execution whose anchor is `e`, both names of tables in a statement. Ids are hashes: that one turns up across two others
 * is as unlikely as two that are equal. Leads either way: to a host's day by the key of `usage`, to a time of a host by that of `execution`.
 */
export function isUseOf(u: Sql, e: Sql): Sql {
  return sql`${u}.host_id = ${e}.host_id AND ${u}.day = (${e}.occurred_at AT TIME ZONE 'UTC')::date
    AND ${e}.occurred_at BETWEEN ${u}.first_at AND ${u}.last_at AND position(int8send(${e}.id) IN ${u}.anchors) % ${ID_BYTES} = 1`
}

/** Whether `one` and `other`, of usage and of what deviates of it, are of the same use. */
export function isSameUse(one: Sql, other: Sql): Sql {
  return sql`${one}.host_id = ${other}.host_id AND ${one}.day = ${other}.day AND ${one}.signature_id = ${other}.signature_id
    AND ${one}.principal_id = ${other}.principal_id`
}

/** As a query: executions, with their texts, of rows `u` of usage that stand beside it in a statement; `also`: `AND …` over rows `e` of them. */
export function executionsOfUse(also: Sql): Sql {
  return sql`SELECT e.* FROM execution_with_texts e WHERE ${isUseOf(sql`u`, sql`e`)} AND e.anchor_id = e.id ${also} OFFSET 0`
}
