import type { Scope } from '@/lib/pipeline/actor'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { isGuid } from '@/lib/store/guid'
import { monthOf } from '@/lib/store/partitions'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { empty, join, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { findParents, findPrincipals } from './dictionaries'
import { type ExecutionFilter, isInt8, type TimeWindow } from './filter'

/** Rows of the fact table under one of these names. */
type Alias = 'e' | 'a'

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i
/** A process GUID belongs to one process; its records are few. */
const MAX_RECORDS_OF_GUID = 20

type RecordKey = { host_id: number; occurred_at: number; id: string }

/** Command lines looked up for a word; one that more of them contain is looked for in the executions themselves, where it is found soon. */
const MAX_TEXTS = 1000
/** The index of texts knows groups of three characters. */
const LEAST_CHARACTERS = 3

/** A word of the search and what it names. `textIds`: the command lines that contain it; null = too many, or too short to look up. */
type Word = {
  text: string
  textIds: readonly string[] | null
  imageIds: readonly string[]
  records: readonly RecordKey[]
}

/** A filter whose names have been looked up in the dictionaries. */
export type ResolvedFilter = ExecutionFilter & {
  terms: readonly Word[]
  /** null = any binary. */
  entries: { ids: readonly number[]; hostedIds: readonly number[]; hostedSlugs: readonly string[] } | null
  /** Ids; null = any user. */
  principals: readonly string[] | null
  /** Whole paths of parents; null = any, or too many of them contain what is asked for. */
  parentImages: readonly string[] | null
  /** Ids of the images with one of the hashes; null = any. */
  hashedImages: readonly string[] | null
}

/** Looks up what the filter names: entries, images by hash, processes by GUID. */
export async function resolveFilter(scope: Scope, filter: ExecutionFilter): Promise<ResolvedFilter> {
  const [terms, entries, principals, parentImages, hashedImages] = await Promise.all([
    Promise.all(filter.words.map((word) => resolveWord(scope, word, filter.window))),
    resolveEntries(filter.binaries),
    findPrincipals(filter.users),
    findParents(filter.parents),
    filter.hashes.length === 0 ? null : findImages(filter.hashes),
  ])
  return { ...filter, terms, entries, principals, parentImages, hashedImages }
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

async function resolveWord(scope: Scope, word: string, window: TimeWindow): Promise<Word> {
  const guid = GUID.exec(word)?.[1]?.toLowerCase()
  const text = guid ?? word
  return {
    text,
    textIds: await findTexts(text, window),
    imageIds: HASH.test(text) ? await findImages([text]) : [],
    records: guid === undefined ? [] : await findRecords(scope, guid),
  }
}

/** Command lines of the window's months with this in them. */
async function findTexts(text: string, { fromUs, untilUs }: TimeWindow): Promise<string[] | null> {
  if (text.length < LEAST_CHARACTERS) return null
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM command_text WHERE text ILIKE ${containing(text)}
          ${fromUs === null ? empty : sql`AND month >= ${monthOf(fromUs)}::timestamp AT TIME ZONE 'UTC'`}
          ${untilUs === null ? empty : sql`AND month < ${toTimestamp(untilUs)}::timestamptz`} LIMIT ${MAX_TEXTS + 1}`,
  )
  return found.length > MAX_TEXTS ? null : [...new Set(found.map(({ id }) => id))]
}

async function findImages(hashes: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM image WHERE ARRAY[lower(md5), lower(sha1), lower(sha256), lower(imphash)] && ${hashes.map((hash) => hash.toLowerCase())}::text[]`,
  )
  return found.map(({ id }) => id)
}

async function findRecords(scope: Scope, guid: string): Promise<RecordKey[]> {
  return rows<RecordKey>(
    pool(),
    sql`SELECT host_id, occurred_at, id FROM execution
        WHERE ${isGuid(sql`process_guid`, sql`guid_bytes(${guid})`)} ${inScope(scope, sql`host_id`)} LIMIT ${MAX_RECORDS_OF_GUID}`,
  )
}

/**
 * The rows to search: all, or those of some files. A file's rows lie together in time, where the planner expects them everywhere and would
 * walk from the newest record to a file's own: OFFSET 0 keeps it from that.
 */
export function searched({ importFileIds, window }: ResolvedFilter): Sql {
  return importFileIds.length === 0
    ? sql`execution_with_texts`
    : sql`(SELECT * FROM execution_with_texts WHERE import_file_id = ANY(${[...importFileIds]}::int[])
        ${inTimeWindow(window, sql`occurred_at`)} OFFSET 0)`
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

/** Whether its rollup by group can: nothing is asked of single hosts, users or scores. */
export function isAnsweredByDays(filter: ResolvedFilter): boolean {
  const { hosts, users, minScoreMillibits, deviationIds } = filter
  return (
    isAnsweredByUsage(filter) &&
    hosts.length + users.length + deviationIds.length === 0 &&
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
      idIn(filter.principals, sql`u.principal_id`),
      signatureCondition(filter, sql`u.signature_id`),
      scoreConditions(filter),
    ],
    ' ',
  )
}

function inTimeWindow({ fromUs, untilUs }: TimeWindow, column: Sql): Sql {
  return join(
    [
      fromUs === null ? empty : sql`AND ${column} >= ${toTimestamp(fromUs)}::timestamptz`,
      untilUs === null ? empty : sql`AND ${column} < ${toTimestamp(untilUs)}::timestamptz`,
    ],
    ' ',
  )
}

function wordCondition({ text, textIds, imageIds, records }: Word, e: Sql): Sql {
  const inText =
    textIds === null
      ? sql`${e}.command_line ILIKE ${containing(text)}`
      : sql`${e}.command_text_id = ANY(${[...textIds]}::bigint[])`
  const inImages = imageIds.length === 0 ? empty : sql`OR ${e}.image_id = ANY(${[...imageIds]}::bigint[])`
  const isRecord = records.map(
    ({ host_id, occurred_at, id }) =>
      sql`OR (${e}.host_id = ${host_id} AND ${e}.occurred_at = ${toTimestamp(occurred_at)}::timestamptz AND ${e}.id = ${id}::bigint)`,
  )
  return sql`AND (${inText} ${inImages} ${isRecord.length === 0 ? empty : join(isRecord, ' ')})`
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

function parentCondition({ parents, parentImages }: ResolvedFilter, e: Sql): Sql {
  return parentImages === null
    ? anyOf(parents, (parent) => sql`${e}.parent_image ILIKE ${containing(parent)}`)
    : sql`AND ${e}.launch_id IN (SELECT id FROM launch WHERE parent_image = ANY(${[...parentImages]}::text[]))`
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
