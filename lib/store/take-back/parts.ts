import { TAKEN_BACK } from '@/lib/store/imports'
import { FACTS, type Fact } from '@/lib/store/ingest/overlap'
import { type Db, findRow, join, raw, type Sql, sql } from '@/lib/store/sql'

/** The files of an upload, and the days that facts of theirs can be of: of earlier ones they are no longer kept. */
export type Taken = {
  uploadId: string
  fileIds: readonly number[]
  since: string
  until: string
  /** The first day of which facts are kept, where it brought something of earlier ones: what was computed of those cannot be again, and stays. */
  keptFrom: string | null
  /** Everything that it brought names it. */
  whole: boolean
}

/** Of no day. */
const NEVER = '1970-01-01'

/** What is known of an upload's files, by a UUID. Days: one more before and after, for states that were printed again later. */
export async function findTaken(db: Db, uploadId: string): Promise<Taken> {
  const found = await findRow<Omit<Taken, 'uploadId'>>(
    db,
    sql`SELECT "fileIds", coalesce(greatest(first_day - 1, kept_from), ${NEVER}) AS since, coalesce(last_day + 1, ${NEVER}) AS until,
          CASE WHEN first_day < kept_from THEN kept_from END AS "keptFrom", whole
        FROM (
          SELECT coalesce(array_agg(id ORDER BY id), '{}') AS "fileIds", (min(first_at) AT TIME ZONE 'UTC')::date AS first_day,
            (max(last_at) AT TIME ZONE 'UTC')::date AS last_day, coalesce(bool_and(whole), true) AS whole
          FROM import_file WHERE upload_id = ${uploadId}::uuid) f
        CROSS JOIN retention`,
  )
  return { uploadId, fileIds: [], since: NEVER, until: NEVER, keptFrom: null, whole: true, ...found }
}

/** A relation of how much each file brought of each name's day, as (file_id, alias_id, day, fact, records, ids, executions); `ids`: as ImportOverlap has it. */
export function partsOf(taken: Taken): Sql {
  return join(
    FACTS.map((fact) => partsOfFact(taken, fact, inSpan(taken))),
    ' UNION ALL ',
  )
}

/** The same of one kind of facts, of those that `where` lets pass. */
export function partsOfFact(taken: Taken, fact: Fact, where: Sql): Sql {
  const executions = fact === 'execution' ? sql`count(*) FILTER (WHERE anchor_id = id)` : sql`0::bigint`
  return sql`SELECT import_file_id AS file_id, alias_id, (occurred_at AT TIME ZONE 'UTC')::date AS day, ${FACTS.indexOf(fact)}::smallint AS fact,
      count(*) AS records, bit_xor(id) AS ids, ${executions} AS executions
    FROM ${raw(fact)} WHERE ${where} AND ${ofFiles(taken)} GROUP BY 1, 2, 3`
}

/** Of those files; their least and greatest numbers find them by a BRIN index. */
export function ofFiles({ fileIds }: Pick<Taken, 'fileIds'>): Sql {
  return sql`import_file_id BETWEEN ${fileIds[0] ?? 0}::int AND ${fileIds.at(-1) ?? 0}::int AND import_file_id = ANY(${[...fileIds]}::int[])`
}

/** Leaves months out that the files' facts cannot be of. */
function inSpan({ since, until }: Taken): Sql {
  return sql`occurred_at >= ${since}::date::timestamp AT TIME ZONE 'UTC' AND occurred_at < (${until}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/**
 * The file of another upload that told all that one of these told of a name's day, and so has it when they are taken back; null where none did. Of relation `p`, as
 * `partsOf` gives it.
 */
export function heirOf({ uploadId }: Pick<Taken, 'uploadId'>): Sql {
  return sql`(SELECT min(o.file_id) FROM import_overlap o JOIN import_file f ON f.id = o.file_id JOIN upload u ON u.id = f.upload_id
    WHERE o.of_file_id = p.file_id AND o.alias_id = p.alias_id AND o.day = p.day AND o.fact = p.fact AND o.records = p.records AND o.ids = p.ids
      AND u.id <> ${uploadId}::uuid AND NOT ${TAKEN_BACK})`
}
