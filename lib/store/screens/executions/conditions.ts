import type { Scope } from '@/lib/pipeline/actor'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { pool, toTimestamp } from '@/lib/store/pool'
import { hostsOfGroups, inScope } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { empty, join, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { findLaunches, findPrincipals } from './dictionaries'
import { type ExecutionFilter, isInt8 } from './filter'
import {
  findImagesByHash,
  inTimeWindow,
  rarestTexts,
  resolveWord,
  WORD_LIMITS,
  type Word,
  type WordLimits,
  wordCondition,
} from './words'

/** Rows of the fact table under one of these names. */
type Alias = 'e' | 'a'

/** A filter whose names have been looked up in the dictionaries. */
export type ResolvedFilter = ExecutionFilter & {
  terms: readonly Word[]
  /** null = any binary. */
  entries: { ids: readonly number[]; hostedIds: readonly number[]; hostedSlugs: readonly string[] } | null
  /** Ids; null = any user. */
  principals: readonly string[] | null
  /** Ids of how processes were started by such parents; null = any, or too many. */
  launches: readonly string[] | null
  /** Ids of the images with one of the hashes; null = any. */
  hashedImages: readonly string[] | null
}

/** Looks up what the filter names: entries, images by hash, processes by GUID. */
export async function resolveFilter(
  scope: Scope,
  filter: ExecutionFilter,
  limits: WordLimits = WORD_LIMITS,
): Promise<ResolvedFilter> {
  const [terms, entries, principals, launches, hashedImages] = await Promise.all([
    Promise.all(filter.words.map((word) => resolveWord(scope, word, filter.window, limits))),
    resolveEntries(filter.binaries),
    findPrincipals(filter.users),
    findLaunches(filter.parents),
    filter.hashes.length === 0 ? null : findImagesByHash(filter.hashes),
  ])
  return { ...filter, terms, entries, principals, launches, hashedImages }
}

async function resolveEntries(slugs: readonly string[]): Promise<ResolvedFilter['entries']> {
  if (slugs.length === 0) return null
  const found = await rows<{ id: number; slug: string; kind: string }>(
    pool(),
    sql`SELECT id, slug, kind FROM catalogue_entry WHERE slug = ANY(${[...slugs]}::text[])`,
  )
  const hosted = found.filter(({ kind }) => kind !== 'binary')
  return {
    ids: found.map(({ id }) => id),
    hostedIds: hosted.map(({ id }) => id),
    hostedSlugs: hosted.map(({ slug }) => slug),
  }
}

/**
 * The rows to search: all, or those of some files, or with the rarest word. A file's rows lie together in time, those of a word anywhere; the planner
 * expects both everywhere and would walk from the newest record to them: OFFSET 0 keeps it from that.
 */
export function searched({ importFileIds, terms, window }: ResolvedFilter): Sql {
  const textIds = rarestTexts(terms)
  if (importFileIds.length === 0 && textIds === null) return sql`execution_with_texts`
  const within =
    importFileIds.length > 0
      ? sql`import_file_id = ANY(${[...importFileIds]}::int[])`
      : sql`command_text_id = ANY(${[...(textIds ?? [])]}::bigint[])`
  return sql`(SELECT * FROM execution_with_texts WHERE ${within} ${inTimeWindow(window, sql`occurred_at`)} OFFSET 0)`
}

/** The newest rows that all else but the words allows, as a table to look for the words in. */
export function newestRows(scope: Scope, filter: ResolvedFilter, limit: number): Sql {
  return sql`(SELECT e.* FROM execution_with_texts e WHERE true ${inScope(scope, sql`e.host_id`)}
    ${recordConditions({ ...filter, terms: [] }, 'e')} ORDER BY e.occurred_at DESC LIMIT ${limit})`
}

/** `AND …` over rows of `execution_with_texts`: what each record must have to match. */
export function recordConditions(filter: ResolvedFilter, alias: Alias): Sql {
  const e = raw(alias)
  return join(
    [
      inTimeWindow(filter.window, sql`${e}.occurred_at`),
      ...filter.terms.map((word) => wordCondition(word, e)),
      entryCondition(filter, e),
      anyOf(filter.hosts, (host) => hostCondition(sql`${e}.host_id`, host)),
      groupCondition(filter, sql`${e}.host_id`),
      idIn(filter.principals, sql`${e}.principal_id`),
      parentCondition(filter, e),
      idIn(filter.hashedImages, sql`${e}.image_id`),
      anyOf(filter.images, (image) => imageCondition(e, image)),
      signatureCondition(filter, sql`${e}.signature_id`),
      filter.importFileIds.length === 0
        ? empty
        : sql`AND ${e}.import_file_id = ANY(${[...filter.importFileIds]}::int[])`,
      filter.sensors.length === 0 ? empty : sql`AND ${e}.sensor = ANY(${[...filter.sensors]}::int[])`,
      usageCondition(filter, e),
    ],
    ' ',
  )
}

/** Whether a record that is not its process's anchor can match where the anchor does not. */
export function looksAtRecords(filter: ResolvedFilter): boolean {
  return [filter.users, ...ofRecords(filter)].some((list) => list.length > 0)
}

/** What only records know. */
function ofRecords(filter: ResolvedFilter): (readonly unknown[])[] {
  const { words, hashes, parents, images, importFileIds, sensors } = filter
  return [words, hashes, parents, images, importFileIds, sensors]
}

/** Whether `usage` can answer: everything asked for is in it. */
export function isAnsweredByUsage(filter: ResolvedFilter): boolean {
  return filter.window.wholeDays && ofRecords(filter).every((list) => list.length === 0)
}

/** Whether its rollup by group can: nothing is asked of some hosts, users or scores. */
export function isAnsweredByDays(filter: ResolvedFilter): boolean {
  const { hosts, groups, users, minScoreMillibits, deviationIds } = filter
  return (
    isAnsweredByUsage(filter) &&
    hosts.length + groups.length + users.length + deviationIds.length === 0 &&
    minScoreMillibits === null
  )
}

/** Where uses with such a score or deviation are looked for: what scores as a deviation is there, and little else. */
export function scoredTable({ minScoreMillibits, deviationIds }: ResolvedFilter): Sql {
  return deviationIds.length > 0 || (minScoreMillibits ?? 0) >= DEVIATION_FLOOR_MILLIBITS
    ? sql`deviation_hit`
    : sql`usage`
}

/** `AND …` over rows of `usage u`, or of what is rolled up of it; only what `isAnsweredByUsage` allows is looked at. */
export function usageConditions(filter: ResolvedFilter): Sql {
  const { entries, window } = filter
  const { fromUs, untilUs } = window
  return join(
    [
      fromUs === null ? empty : sql`AND u.day >= ${toTimestamp(fromUs).slice(0, 10)}::date`,
      untilUs === null ? empty : sql`AND u.day < ${toTimestamp(untilUs).slice(0, 10)}::date`,
      entries === null
        ? empty
        : sql`AND u.signature_id IN (SELECT id FROM signature WHERE entry_id = ANY(${[...entries.ids]}::int[])
            OR content->>'hosted' = ANY(${[...entries.hostedSlugs]}::text[]))`,
      anyOf(filter.hosts, (host) => hostCondition(sql`u.host_id`, host)),
      groupCondition(filter, sql`u.host_id`),
      idIn(filter.principals, sql`u.principal_id`),
      signatureCondition(filter, sql`u.signature_id`),
      scoreConditions(filter),
    ],
    ' ',
  )
}

function entryCondition({ entries }: ResolvedFilter, e: Sql): Sql {
  if (entries === null) return empty
  const hosted =
    entries.hostedIds.length === 0
      ? empty
      : sql`OR ${e}.hosted_entry_id = ANY(${[...entries.hostedIds]}::int[])`
  return sql`AND (${e}.entry_id = ANY(${[...entries.ids]}::int[]) ${hosted})`
}

/** A host by its whole name, else every host with this in a name. */
function hostCondition(column: Sql, host: string): Sql {
  return sql`${column} IN (SELECT host_id FROM host_alias WHERE alias ILIKE ${containing(host)}
    AND (lower(${host}) = alias OR NOT EXISTS (SELECT FROM host_alias WHERE alias = lower(${host}))))`
}

function groupCondition({ groups }: ResolvedFilter, column: Sql): Sql {
  return groups.length === 0 ? empty : sql`AND ${column} IN (${hostsOfGroups(groups)})`
}

function parentCondition({ parents, launches }: ResolvedFilter, e: Sql): Sql {
  return launches === null
    ? anyOf(parents, (parent) => sql`${e}.parent_image ILIKE ${containing(parent)}`)
    : idIn(launches, sql`${e}.launch_id`)
}

function idIn(ids: readonly string[] | null, column: Sql): Sql {
  return ids === null ? empty : sql`AND ${column} = ANY(${[...ids]}::bigint[])`
}

function imageCondition(e: Sql, image: string): Sql {
  return sql`${e}.image_id IN (SELECT id FROM image WHERE path ILIKE ${containing(image)} OR original_file_name ILIKE ${containing(image)})`
}

function signatureCondition({ signatureIds, patterns }: ResolvedFilter, column: Sql): Sql {
  const bySignature =
    signatureIds.length === 0 ? empty : sql`AND ${column} = ANY(${[...signatureIds]}::bigint[])`
  const byPattern = anyOf(
    patterns,
    (pattern) =>
      sql`${column} IN (SELECT s.id FROM signature s JOIN pattern p ON p.id = s.pattern_id WHERE ${patternCondition(pattern)})`,
  )
  return sql`${bySignature} ${byPattern}`
}

/** A pattern by its id or whole text, else every pattern with this in it. */
function patternCondition(pattern: string): Sql {
  if (isInt8(pattern)) return sql`p.id = ${pattern}::bigint`
  return sql`p.pattern ILIKE ${containing(pattern)}
    AND (p.pattern = ${pattern} OR NOT EXISTS (SELECT FROM pattern WHERE pattern = ${pattern}))`
}

/** Score and deviation are known of a process's use on its day. */
function usageCondition(filter: ResolvedFilter, e: Sql): Sql {
  const { minScoreMillibits, deviationIds } = filter
  if (minScoreMillibits === null && deviationIds.length === 0) return empty
  if (!looksAtRecords(filter)) {
    // the second condition says nothing new: it lets the plan start from the few signatures that qualify
    return sql`AND EXISTS (SELECT FROM ${scoredTable(filter)} u WHERE ${usageOf(e)} ${scoreConditions(filter)})
      AND ${e}.signature_id IN (SELECT u.signature_id FROM ${scoredTable(filter)} u WHERE true ${usageConditions(filter)})`
  }
  // OFFSET 0 keeps the planner from beginning here: it expects a single row of the join and would look up everything for each of them
  return sql`AND (${e}.anchor_id <> ${e}.id OR ${e}.signature_id IN (SELECT u.signature_id FROM ${scoredTable(filter)} u WHERE true ${scoreConditions(filter)}))
    AND EXISTS (SELECT FROM execution x JOIN ${scoredTable(filter)} u ON ${usageOf(sql`x`)}
    WHERE x.host_id = ${e}.host_id AND x.occurred_at = ${e}.anchor_at AND x.id = ${e}.anchor_id ${scoreConditions(filter)} OFFSET 0)`
}

/** The rows of `usage u` that an anchor adds to. */
export function usageOf(anchor: Sql): Sql {
  return sql`u.host_id = ${anchor}.host_id AND u.day = (${anchor}.occurred_at AT TIME ZONE 'UTC')::date
    AND u.signature_id = ${anchor}.signature_id AND (u.principal_id = ${anchor}.principal_id OR ${anchor}.principal_id IS NULL)`
}

function scoreConditions({ minScoreMillibits, deviationIds }: ResolvedFilter): Sql {
  const byScore = minScoreMillibits === null ? empty : sql`AND u.score_millibits >= ${minScoreMillibits}`
  return deviationIds.length === 0
    ? byScore
    : sql`${byScore} AND u.deviation_id = ANY(${[...deviationIds]}::bigint[])`
}

function anyOf(values: readonly string[], condition: (value: string) => Sql): Sql {
  return values.length === 0 ? empty : sql`AND (${join(values.map(condition), ' OR ')})`
}
