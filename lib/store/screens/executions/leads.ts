import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { byTime } from '@/lib/store/screens/time-order'
import { empty, findRow, join, type Sql, sql } from '@/lib/store/sql'
import { executionsOfUse } from '@/lib/store/use-of-execution'
import { areDeviations, type NamedFilter, type Slot, type Trail } from './conditions'
import { countScoredUses, scoredRows, scoredRowsOfDay } from './scored'
import { inTimeWindow, rarestTexts } from './words'

/**
 * Of `rare` executions of a user, parent, host … all are read and sorted; `scored` uses with a score have all of theirs looked up. Else the first in order are looked
 * through: `first` before anything else is tried, `looked` at most for a page, `counted` for a count. `sampled` of them tell how frequent something is.
 */
export type SearchLimits = {
  rare: number
  scored: number
  first: number
  looked: number
  counted: number
  sampled: number
}
export const SEARCH_LIMITS: SearchLimits = {
  rare: 10_000,
  scored: 2_000,
  first: 3_000,
  looked: 10_000,
  counted: 20_000,
  sampled: 1_000,
}

/** What more of the first have leads nowhere: one comes upon them as soon without it. */
const FREQUENT_SHARE = 0.2
/** Hosts whose days are looked up one by one. */
const MAX_HOSTS = 500

/** All executions of a lead, as a table, and how many there are: a query of `executions`, which gives up beyond the limit. `slotted`: where they can be read slot by slot. */
type Lead = { rows: Sql; countUpTo: (limit: number) => Sql; slotted?: Slotted }
/** `within` leads to executions by an index, on columns without an alias; `ofSlot` to those of a slot. */
type Slotted = { within: Sql; slot: Slot; ofSlot: Sql }

/** Chooses by counting a little: what fewest executions have, read from indexes alone, else what fewest of the first have. */
export async function findTrail(scope: Scope, filter: NamedFilter, limits: SearchLimits): Promise<Trail> {
  const texts = rarestTexts(filter.terms)
  if (filter.importFileIds.length > 0)
    return allWithin(filter, sql`import_file_id = ANY(${[...filter.importFileIds]}::int[])`)
  if (texts !== null) return allWithin(filter, idIn(sql`command_text_id`, texts))
  const scored = areDeviations(filter) ? await countScoredUses(scope, filter, limits.scored) : null
  if (scored !== null && scored <= limits.scored) return { kind: 'all', rows: scoredRows(scope, filter) }
  const leads = leadsOf(filter)
  const counts = await Promise.all(leads.map((lead) => countOf(lead, limits.rare)))
  const rarest = leads[counts.indexOf(Math.min(...counts))]
  if (rarest && Math.min(...counts) <= limits.rare) return { kind: 'all', rows: rarest.rows }
  const ofDay = scoredRowsOfDay(scope, filter)
  if (scored !== null && ofDay !== null) return { kind: 'slots', slot: 'day', rowsOf: ofDay }
  const slotted = leads.flatMap((lead) => lead.slotted ?? [])
  return leastFrequent(filter, slotted, limits.sampled)
}

/** The planner expects what a lead has evenly in time and would walk from the newest execution to it: OFFSET 0 keeps it from that. */
function allWithin({ window }: NamedFilter, within: Sql): Trail & { kind: 'all' } {
  return {
    kind: 'all',
    rows: sql`(SELECT * FROM execution_with_texts WHERE ${within} ${inTimeWindow(window, sql`occurred_at`)} OFFSET 0)`,
  }
}

async function leastFrequent(
  filter: NamedFilter,
  among: readonly Slotted[],
  sampled: number,
): Promise<Trail> {
  const everything: Trail = { kind: 'everything' }
  if (among.length === 0) return everything
  const shares = await sharesOfFirst(among, filter, sampled)
  const least = Math.min(...shares)
  const rarest = among[shares.indexOf(least)]
  return rarest === undefined || least > FREQUENT_SHARE
    ? everything
    : {
        kind: 'slots',
        slot: rarest.slot,
        rowsOf: sql`SELECT * FROM execution_with_texts WHERE ${rarest.ofSlot}`,
      }
}

function leadsOf(filter: NamedFilter): Lead[] {
  const { principals, launches, hashedImages, namedImages, kindIds, hostIds } = filter
  const ofDay = sql`(occurred_at AT TIME ZONE 'UTC')::date = slot.since::date`
  const ofHour = sql`date_trunc('hour', occurred_at AT TIME ZONE 'UTC') = slot.since`
  const inDay = sql`occurred_at >= slot.since AT TIME ZONE 'UTC' AND occurred_at < (slot.since + interval '1 day') AT TIME ZONE 'UTC'`
  const hosts = hostIds === null || hostIds.length > MAX_HOSTS ? null : hostIds
  const binary = binaryOf(filter)
  const bySlot = (slot: Slot, isIn: Sql) => (within: Sql) => slottedLead(filter, within, slot, isIn)
  return [
    ...ifNamed(sql`principal_id`, principals).map(bySlot('day', ofDay)),
    ...ifNamed(sql`launch_id`, launches).map(bySlot('hour', ofHour)),
    ...ifNamed(sql`image_id`, hashedImages).map(bySlot('hour', ofHour)),
    ...ifNamed(sql`image_id`, namedImages).map(bySlot('hour', ofHour)),
    ...(hosts === null ? [] : [sql`host_id = ANY(${[...hosts]}::int[])`]).map(bySlot('day', inDay)),
    ...ifNamed(sql`signature_id`, kindIds).map((ofKinds) => kindsLead(filter, ofKinds)),
    ...(binary === null ? [] : [binary]).map(bySlot('hour', ofHour)),
  ]
}

/** Counted of all time: a condition on time could not be answered from most of these indexes alone. */
function slottedLead(filter: NamedFilter, within: Sql, slot: Slot, isIn: Sql): Lead {
  return {
    rows: allWithin(filter, within).rows,
    countUpTo: (limit) =>
      sql`SELECT count(*) AS executions FROM (SELECT FROM execution WHERE ${within} LIMIT ${limit + 1}) e`,
    slotted: { within, slot, ofSlot: sql`${within} AND ${isIn}` },
  }
}

/** Of kinds of use `usage` knows the executions. */
function kindsLead({ window }: NamedFilter, ofKinds: Sql): Lead {
  return {
    rows: sql`(SELECT e.* FROM usage u CROSS JOIN LATERAL (${executionsOfUse(inTimeWindow(window, sql`e.occurred_at`))}) e WHERE ${ofKinds} OFFSET 0)`,
    countUpTo: (limit) =>
      sql`SELECT sum(executions) AS executions FROM (SELECT executions FROM usage WHERE ${ofKinds} LIMIT ${limit + 1}) u`,
  }
}

/** A binary that is asked for alone, and not as what it hosts. */
function binaryOf({ entries }: NamedFilter): Sql | null {
  const [id] = entries?.ids ?? []
  return entries === null || id === undefined || entries.ids.length > 1 || entries.hostedIds.length > 0
    ? null
    : sql`entry_id = ${id}`
}

function ifNamed(column: Sql, ids: readonly string[] | null): Sql[] {
  return ids === null ? [] : [idIn(column, ids)]
}

function idIn(column: Sql, ids: readonly string[]): Sql {
  return sql`${column} = ANY(${[...ids]}::bigint[])`
}

async function countOf({ countUpTo }: Lead, limit: number): Promise<number> {
  const found = await findRow<{ executions: string | null }>(pool(), countUpTo(limit))
  return Number(found?.executions ?? 0)
}

/** Of the first executions in the order that is asked for. */
async function sharesOfFirst(
  leads: readonly Slotted[],
  { window, newestFirst }: NamedFilter,
  sampled: number,
): Promise<number[]> {
  const counts = join(leads.map(({ within }) => sql`count(*) FILTER (WHERE ${within})`))
  const found = await findRow<{ counts: string[]; sampled: string }>(
    pool(),
    sql`SELECT ARRAY[${counts}] AS counts, count(*) AS sampled FROM (
          SELECT * FROM execution WHERE true ${inTimeWindow(window, sql`occurred_at`)} ORDER BY ${byTime(newestFirst, empty)} LIMIT ${sampled}) e`,
  )
  return leads.map((_, at) => Number(found?.counts[at] ?? 0) / Math.max(1, Number(found?.sampled ?? 0)))
}
