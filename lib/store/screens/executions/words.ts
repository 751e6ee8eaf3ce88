import type { Scope } from '@/lib/pipeline/actor'
import { isGuid } from '@/lib/store/guid'
import { monthOf } from '@/lib/store/partitions'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { empty, findRow, join, rows, type Sql, sql } from '@/lib/store/sql'
import type { TimeWindow } from './filter'

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i
/** A process GUID belongs to one process; its records are few. */
const MAX_RECORDS_OF_GUID = 20
/** The index of texts knows groups of three characters. */
const LEAST_CHARACTERS = 3

/**
 * `texts`: command lines looked up for a word; one that more of them contain is looked for in the executions themselves, from the newest on.
 * `executions`: of so many a word's are read and sorted; of more, some turn up soon from the newest on.
 */
export type WordLimits = { texts: number; executions: number }
export const WORD_LIMITS: WordLimits = { texts: 5_000, executions: 20_000 }

type RecordKey = { host_id: number; occurred_at: number; id: string }

/** A word of the search and what it names. */
export type Word = {
  text: string
  /** The command lines that contain it; null = too many, or too short to look up. */
  textIds: readonly string[] | null
  /** Executions with these lines; null = too many to count. */
  executions: number | null
  imageIds: readonly string[]
  records: readonly RecordKey[]
}

export async function resolveWord(
  scope: Scope,
  word: string,
  window: TimeWindow,
  limits: WordLimits,
): Promise<Word> {
  const guid = GUID.exec(word)?.[1]?.toLowerCase()
  const text = guid ?? word
  const textIds = await findTexts(text, window, limits.texts)
  return {
    text,
    textIds,
    executions: textIds && (await countExecutions(textIds, window, limits.executions)),
    imageIds: HASH.test(text) ? await findImagesByHash([text]) : [],
    records: guid === undefined ? [] : await findRecords(scope, guid),
  }
}

/** Command lines of the window's months with this in them. */
async function findTexts(
  text: string,
  { fromUs, untilUs }: TimeWindow,
  limit: number,
): Promise<string[] | null> {
  if (text.length < LEAST_CHARACTERS) return null
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM command_text WHERE text ILIKE ${containing(text)}
          ${fromUs === null ? empty : sql`AND month >= ${monthOf(fromUs)}::timestamp AT TIME ZONE 'UTC'`}
          ${untilUs === null ? empty : sql`AND month < ${toTimestamp(untilUs)}::timestamptz`} LIMIT ${limit + 1}`,
  )
  return found.length > limit ? null : [...new Set(found.map(({ id }) => id))]
}

/** Read from the index alone. */
async function countExecutions(
  textIds: readonly string[],
  window: TimeWindow,
  limit: number,
): Promise<number | null> {
  if (textIds.length === 0) return 0
  const found = await findRow<{ executions: string }>(
    pool(),
    sql`SELECT count(*) AS executions FROM (SELECT FROM execution WHERE command_text_id = ANY(${[...textIds]}::bigint[])
          ${inTimeWindow(window, sql`occurred_at`)} LIMIT ${limit + 1}) e`,
  )
  const executions = Number(found?.executions ?? 0)
  return executions > limit ? null : executions
}

export async function findImagesByHash(hashes: readonly string[]): Promise<string[]> {
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

/** The command lines that one of the words is found by alone, of the word that fewest executions have; null = no word is rare, or can be found otherwise, too. */
export function rarestTexts(words: readonly Word[]): readonly string[] | null {
  const found = words
    .flatMap(({ textIds, executions, imageIds, records }) =>
      textIds === null || executions === null || imageIds.length + records.length > 0
        ? []
        : [{ textIds, executions }],
    )
    .sort((a, b) => a.executions - b.executions)
  return found[0]?.textIds ?? null
}

/** `AND …` over rows of `execution_with_texts`, called `e`. */
export function wordCondition({ text, textIds, imageIds, records }: Word, e: Sql): Sql {
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

export function inTimeWindow({ fromUs, untilUs }: Omit<TimeWindow, 'wholeDays'>, column: Sql): Sql {
  return join(
    [
      fromUs === null ? empty : sql`AND ${column} >= ${toTimestamp(fromUs)}::timestamptz`,
      untilUs === null ? empty : sql`AND ${column} < ${toTimestamp(untilUs)}::timestamptz`,
    ],
    ' ',
  )
}
