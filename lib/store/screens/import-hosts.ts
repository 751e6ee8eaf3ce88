import { TELEMETRY_KINDS, type TelemetryKind } from '@/lib/pipeline/event/event'
import { TAKEN_BACK } from '@/lib/store/imports'
import { bitOf } from '@/lib/store/ingest/import-hosts'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { type ImportViewer, visibleTo } from './imports'
import { containing } from './like'
import { limitOffset, orderBy, type TableRequest } from './table-request'

export const IMPORT_HOST_SORTS = ['name', 'first', 'last', 'executions'] as const
type ImportHostSort = (typeof IMPORT_HOST_SORTS)[number]
export const IMPORT_HOST_FILTERS = ['kind'] as const

/** What an import told of a host, new or known. Times in µs. */
export type ImportHostRow = {
  id: number
  name: string
  firstAtUs: number
  lastAtUs: number
  /** Those that nothing stored before had told of. */
  executions: number
  kinds: TelemetryKind[]
}

/** Of which hosts in sight an import tells, and over which time, in µs; none of it once it is taken back. */
export type ImportHosts = {
  hosts: number
  firstAtUs: number | null
  lastAtUs: number | null
  /** False: a release before read some of it, so that only hosts of which it brought executions are known. */
  complete: boolean
}

const ORDER: Record<ImportHostSort, Sql> = {
  name: sql`h.name`,
  first: sql`t.first_at`,
  last: sql`t.last_at`,
  executions: sql`t.executions`,
}

/** A relation of what files of an upload, unless it is taken back, told of hosts in scope: (host_id, first_at, last_at, kinds, executions). */
function toldBy(viewer: ImportViewer, uploadId: string): Sql {
  // of each name first: an import of many files has many times as many rows as names
  return sql`SELECT a.host_id, min(n.first_at) AS first_at, max(n.last_at) AS last_at, bit_or(n.kinds) AS kinds, sum(n.executions) AS executions
    FROM (SELECT alias_id, min(first_at) AS first_at, max(last_at) AS last_at, bit_or(kinds) AS kinds, sum(executions) AS executions FROM import_host
      WHERE ${isOf(viewer, uploadId)} GROUP BY alias_id) n
    JOIN host_alias a ON a.id = n.alias_id WHERE true ${inScope(viewer.scope, sql`a.host_id`)} GROUP BY a.host_id`
}

/** Whether a row of import_host is of a file of an upload that is not taken back: an array, so that no others are read. */
function isOf(viewer: ImportViewer, uploadId: string): Sql {
  return sql`file_id = ANY(ARRAY(SELECT f.id FROM import_file f JOIN upload u ON u.id = f.upload_id
    WHERE u.id = ${uploadId}::uuid AND NOT ${TAKEN_BACK} ${visibleTo(viewer)}))`
}

/** `uploadId` is a UUID. */
export async function summariseImportHosts(viewer: ImportViewer, uploadId: string): Promise<ImportHosts> {
  const [found, complete] = await Promise.all([
    findRow<Omit<ImportHosts, 'complete'>>(
      pool(),
      sql`SELECT count(*)::int AS hosts, min(first_at) AS "firstAtUs", max(last_at) AS "lastAtUs" FROM (${toldBy(viewer, uploadId)}) t`,
    ),
    areHostsNoted(uploadId),
  ])
  return { hosts: 0, firstAtUs: null, lastAtUs: null, ...found, complete }
}

/** Whether all hosts of which an upload tells are known, as ImportHosts has it. `uploadId` is a UUID. */
export async function areHostsNoted(uploadId: string): Promise<boolean> {
  const gap = await findRow(
    pool(),
    sql`SELECT FROM import_file WHERE upload_id = ${uploadId}::uuid AND NOT hosts_noted LIMIT 1`,
  )
  return gap === null
}

type Row = {
  id: number
  name: string
  first_at: number
  last_at: number
  kinds: number
  executions: string
  total: string
}

/** The hosts in sight of which an import tells; a merged host is the one that it has become. `uploadId` is a UUID. */
export async function listImportHosts(
  viewer: ImportViewer,
  uploadId: string,
  request: TableRequest<ImportHostSort>,
): Promise<{ rows: ImportHostRow[]; total: number }> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT h.id, h.name, t.first_at, t.last_at, t.kinds, t.executions, count(*) OVER () AS total
        FROM (${toldBy(viewer, uploadId)}) t JOIN host h ON h.id = t.host_id
        WHERE true ${hostFilter(request)} ${orderBy(request, ORDER, sql`h.name`)} ${limitOffset(request)}`,
  )
  return {
    total: Number(found[0]?.total ?? 0),
    rows: found.map((row) => ({
      id: row.id,
      name: row.name,
      firstAtUs: row.first_at,
      lastAtUs: row.last_at,
      executions: Number(row.executions),
      kinds: TELEMETRY_KINDS.filter((kind) => (row.kinds & bitOf(kind)) !== 0),
    })),
  }
}

/** `AND …` over host `h` and what was told of it `t`. */
function hostFilter({ q, filters }: Pick<TableRequest, 'q' | 'filters'>): Sql {
  const kinds = filters['kind']
  const bits = TELEMETRY_KINDS.filter((kind) => kinds?.includes(kind)).reduce(
    (all, kind) => all | bitOf(kind),
    0,
  )
  return sql`${kinds === undefined ? empty : sql`AND t.kinds & ${bits}::int <> 0`}
    ${q === '' ? empty : sql`AND EXISTS (SELECT FROM host_alias n WHERE n.host_id = h.id AND n.alias ILIKE ${containing(q)})`}`
}

/** Of more files executions are not told apart. */
const MOST_FILES = 20

/** The files of an upload that brought executions, to find these by; null where they are too many. `uploadId` is a UUID. */
export async function listExecutionFiles(viewer: ImportViewer, uploadId: string): Promise<number[] | null> {
  const found = await rows<{ id: number }>(
    pool(),
    sql`SELECT DISTINCT file_id AS id FROM import_host WHERE ${isOf(viewer, uploadId)} AND executions > 0 ORDER BY id LIMIT ${MOST_FILES + 1}`,
  )
  return found.length > MOST_FILES ? null : found.map(({ id }) => id)
}
