import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { toTimestamp } from '@/lib/store/pool'
import { hostsOfGroups } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { masqueradesAs } from '@/lib/store/screens/masquerading'
import { empty, join, raw, type Sql, sql } from '@/lib/store/sql'
import { isSameUse, isUseOf } from '@/lib/store/use-of-execution'
import { ANY, type ExecutionFilter, isInt8, type KindsOfUse, NOT_REPORTED } from './filter'
import { inTimeWindow, type Word, wordCondition } from './words'

/** Rows of the fact table under one of these names. */
type Alias = 'e' | 'a'

export type Slot = 'hour' | 'day'

/**
 * Where executions are looked for: among all that something rare leads to; a day or hour at a time, in the order that is asked for (`rowsOf` it, which begins
 * at `slot.since`, without a time zone); or among everything, in that order.
 */
export type Trail =
  | { kind: 'all'; rows: Sql }
  | { kind: 'slots'; slot: Slot; rowsOf: Sql }
  | { kind: 'everything' }

/** A filter whose names have been looked up in the dictionaries; null = nothing is asked for. */
export type NamedFilter = ExecutionFilter & {
  terms: readonly Word[]
  entries: { ids: readonly number[]; hostedIds: readonly number[]; hostedSlugs: readonly string[] } | null
  principals: readonly string[] | null
  /** Ids of how processes were started by such parents; null = too many, too. */
  launches: readonly string[] | null
  /** Ids of the images with one of the hashes. */
  hashedImages: readonly string[] | null
  /** Ids of the images that are named; null = too many, too. */
  namedImages: readonly string[] | null
  /** Those that may be seen of the hosts that are named, or in the groups that are; null = too many, too. */
  hostIds: readonly number[] | null
  /** Ids of signatures that are named, and have the patterns that are; null = too many, too. */
  kindIds: readonly string[] | null
}

/** `looked`: so many are looked through at most for a page, `first` of them before anything else is tried; `counted`: for a count. */
export type ResolvedFilter = NamedFilter & {
  trail: Trail
  limits: { first: number; looked: number; counted: number }
}

/** `AND …` over rows of `execution_with_texts`: what each record must have to match. */
export function recordConditions(filter: NamedFilter, alias: Alias): Sql {
  const e = raw(alias)
  return join(
    [
      inTimeWindow(filter.window, sql`${e}.occurred_at`),
      ...filter.terms.map((word) => wordCondition(word, e)),
      entryCondition(filter, e),
      hostConditions(filter, sql`${e}.host_id`),
      idIn(filter.principals, sql`${e}.principal_id`),
      parentCondition(filter, e),
      idIn(filter.hashedImages, sql`${e}.image_id`),
      imageConditions(filter, sql`${e}.image_id`),
      kindCondition(filter, e),
      filter.importFileIds.length === 0
        ? empty
        : sql`AND ${e}.import_file_id = ANY(${[...filter.importFileIds]}::int[])`,
      filter.sensors.length === 0 ? empty : sql`AND ${e}.sensor = ANY(${[...filter.sensors]}::int[])`,
      scoreCondition(filter, e),
    ],
    ' ',
  )
}

/** Whether a record that is not its process's anchor can match where the anchor does not. */
export function looksAtRecords(filter: NamedFilter): boolean {
  return [filter.users, ...ofRecords(filter)].some((list) => list.length > 0)
}

/** What only records know. */
function ofRecords(filter: NamedFilter): (readonly unknown[])[] {
  const { words, hashes, parents, images, importFileIds, sensors } = filter
  return [words, hashes, parents, images, importFileIds, sensors]
}

/** Whether `usage` can answer: everything asked for is in it. */
export function isAnsweredByUsage(filter: NamedFilter): boolean {
  return filter.window.wholeDays && ofRecords(filter).every((list) => list.length === 0)
}

/** Whether its rollup by group can: nothing is asked of some hosts, users or scores. */
export function isAnsweredByDays(filter: NamedFilter): boolean {
  const { hosts, groups, users, minScoreMillibits, deviationIds } = filter
  return (
    isAnsweredByUsage(filter) &&
    hosts.length + groups.length + users.length + deviationIds.length === 0 &&
    minScoreMillibits === null
  )
}

/** Whether all that has such a score, or deviation, is a deviation. */
export function areDeviations({ minScoreMillibits, deviationIds }: NamedFilter): boolean {
  return deviationIds.length > 0 || (minScoreMillibits ?? 0) >= DEVIATION_FLOOR_MILLIBITS
}

/** Where uses with such a score or deviation are looked for: what scores as a deviation is there, and little else. */
export function scoredTable(filter: NamedFilter): Sql {
  return areDeviations(filter) ? sql`deviation_hit` : sql`usage`
}

/** `AND …` over rows of `usage u`, or of what is rolled up of it; only what `isAnsweredByUsage` allows is looked at. */
export function usageConditions(filter: NamedFilter): Sql {
  const { entries, window } = filter
  const { fromUs, untilUs } = window
  return join(
    [
      fromUs === null ? empty : sql`AND u.day >= ${toTimestamp(fromUs).slice(0, 10)}::date`,
      untilUs === null ? empty : sql`AND u.day < ${toTimestamp(untilUs).slice(0, 10)}::date`,
      entries === null
        ? empty
        : sql`AND u.signature_id IN (SELECT id FROM signature WHERE true ${binaryKinds(filter)})`,
      hostConditions(filter, sql`u.host_id`),
      idIn(filter.principals, sql`u.principal_id`),
      kindConditions(filter, sql`u.signature_id`),
      scoreConditions(filter),
    ],
    ' ',
  )
}

/** `AND …` over rows of `signature`: kinds of use of the binaries that are asked for, and of what they host. */
export function binaryKinds({ entries }: NamedFilter): Sql {
  return entries === null
    ? empty
    : sql`AND (entry_id = ANY(${[...entries.ids]}::int[]) OR content->>'hosted' = ANY(${[...entries.hostedSlugs]}::text[]))`
}

function entryCondition({ entries }: NamedFilter, e: Sql): Sql {
  if (entries === null) return empty
  const hosted =
    entries.hostedIds.length === 0
      ? empty
      : sql`OR ${e}.hosted_entry_id = ANY(${[...entries.hostedIds]}::int[])`
  return sql`AND (${e}.entry_id = ANY(${[...entries.ids]}::int[]) ${hosted})`
}

/** `AND …`: hosts that are named, by their whole name, else every host with this in a name, and hosts of the groups that are. */
export function hostConditions({ hosts, groups, hostIds }: NamedFilter, column: Sql): Sql {
  if (hosts.length + groups.length === 0) return empty
  if (hostIds !== null) return sql`AND ${column} = ANY(${[...hostIds]}::int[])`
  const inGroup = groups.length === 0 ? empty : sql`AND ${column} IN (${hostsOfGroups(groups)})`
  return sql`${anyOf(
    hosts,
    (host) => sql`${column} IN (SELECT host_id FROM host_alias WHERE alias ILIKE ${containing(host)}
      AND (lower(${host}) = alias OR NOT EXISTS (SELECT FROM host_alias WHERE alias = lower(${host}))))`,
  )} ${inGroup}`
}

function parentCondition({ parents, launches }: NamedFilter, e: Sql): Sql {
  return launches === null
    ? anyOf(parents, (parent) => sql`${e}.parent_image ILIKE ${containing(parent)}`)
    : idIn(launches, sql`${e}.launch_id`)
}

export function idIn(ids: readonly string[] | null, column: Sql): Sql {
  return ids === null ? empty : sql`AND ${column} = ANY(${[...ids]}::bigint[])`
}

/** `AND …`: images by a part of their path or original name; the column is an image's id. */
export function imageConditions({ images, namedImages }: NamedFilter, column: Sql): Sql {
  if (namedImages !== null) return idIn(namedImages, column)
  return anyOf(
    images,
    (image) =>
      sql`${column} IN (SELECT id FROM image WHERE path ILIKE ${containing(image)} OR original_file_name ILIKE ${containing(image)})`,
  )
}

/** `AND …`: kinds of use by their signature, their pattern or a part of it, and what they pretend to be; the column is a signature's id. */
export function kindConditions(filter: NamedFilter, column: Sql): Sql {
  const { patterns, kindIds } = filter
  if (kindIds !== null) return idIn(kindIds, column)
  const byPattern = anyOf(
    patterns,
    (pattern) =>
      sql`${column} IN (SELECT s.id FROM signature s JOIN pattern p ON p.id = s.pattern_id WHERE ${patternCondition(pattern)})`,
  )
  const named = namesUse(filter) ? sql`AND ${isUse(filter)}` : empty
  const masquerading = filter.masquerading.length > 0 ? sql`AND ${masqueradesAs(filter.masquerading)}` : empty
  return namesUse(filter) || filter.masquerading.length > 0
    ? sql`AND ${column} IN (SELECT s.id FROM signature s WHERE true ${named} ${masquerading}) ${byPattern}`
    : byPattern
}

/** Whether some kinds of use are asked for and not others. */
export function asksForKinds(filter: ExecutionFilter): boolean {
  return filter.patterns.length + filter.masquerading.length > 0 || namesUse(filter)
}

type NamedUse = Pick<ExecutionFilter, 'signatureIds' | 'kindsOfUse'>

/** Whether kinds of use are asked for, by name or by what they have in common. */
export function namesUse({ signatureIds, kindsOfUse }: NamedUse): boolean {
  return signatureIds.length + kindsOfUse.length > 0
}

/** Whether a row of `signature s` is one of them. */
export function isUse({ signatureIds, kindsOfUse }: NamedUse): Sql {
  return sql`(${join([sql`s.id = ANY(${[...signatureIds]}::bigint[])`, ...kindsOfUse.map(hasUse)], ' OR ')})`
}

function hasUse({ entryId, parent, pattern }: KindsOfUse): Sql {
  const side = (column: Sql, id: string) =>
    id === ANY ? empty : id === NOT_REPORTED ? sql`AND ${column} IS NULL` : sql`AND ${column} = ${id}::bigint`
  return sql`(s.entry_id = ${entryId} ${side(sql`s.feature_ids[3]`, parent)} ${side(sql`s.pattern_id`, pattern)})`
}

/** A pattern by its id or whole text, else every pattern with this in it. */
function patternCondition(pattern: string): Sql {
  if (isInt8(pattern)) return sql`p.id = ${pattern}::bigint`
  return sql`p.pattern ILIKE ${containing(pattern)}
    AND (p.pattern = ${pattern} OR NOT EXISTS (SELECT FROM pattern WHERE pattern = ${pattern}))`
}

/** Kinds of use are known of anchors. */
function kindCondition(filter: NamedFilter, e: Sql): Sql {
  return !asksForKinds(filter)
    ? empty
    : sql`AND ${e}.anchor_id = ${e}.id AND EXISTS (SELECT FROM usage u WHERE ${isUseOf(sql`u`, e)} ${kindConditions(filter, sql`u.signature_id`)})`
}

/** Score and deviation are known of a process's use on its day. */
function scoreCondition(filter: NamedFilter, e: Sql): Sql {
  const { minScoreMillibits, deviationIds } = filter
  if (minScoreMillibits === null && deviationIds.length === 0) return empty
  if (!looksAtRecords(filter))
    return sql`AND EXISTS (SELECT FROM ${scoredUseOf(filter, e)} ${scoreConditions(filter)})`
  // OFFSET 0 keeps the planner from beginning here: it expects a single row of the join and would look up everything for each of them
  const anchor = sql`SELECT ${e}.host_id, ${e}.anchor_at AS occurred_at, ${e}.anchor_id AS id`
  return sql`AND EXISTS (SELECT FROM (${anchor}) x CROSS JOIN ${scoredUseOf(filter, sql`x`)} ${scoreConditions(filter)} OFFSET 0)`
}

/** Rows of `scoredTable u` that an anchor adds to. */
function scoredUseOf(filter: NamedFilter, anchor: Sql): Sql {
  return areDeviations(filter)
    ? sql`usage n JOIN deviation_hit u ON ${isSameUse(sql`u`, sql`n`)} WHERE ${isUseOf(sql`n`, anchor)}`
    : sql`usage u WHERE ${isUseOf(sql`u`, anchor)}`
}

/** `AND …` over rows of `deviation_hit u`, or of `usage u`. */
export function scoreConditions({ minScoreMillibits, deviationIds }: NamedFilter): Sql {
  const byScore = minScoreMillibits === null ? empty : sql`AND u.score_millibits >= ${minScoreMillibits}`
  return deviationIds.length === 0
    ? byScore
    : sql`${byScore} AND u.deviation_id = ANY(${[...deviationIds]}::bigint[])`
}

function anyOf(values: readonly string[], condition: (value: string) => Sql): Sql {
  return values.length === 0 ? empty : sql`AND (${join(values.map(condition), ' OR ')})`
}
