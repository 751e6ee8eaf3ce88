import type { Scope } from '@/lib/pipeline/actor'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { SENSORS, type Sensor, TIME_SOURCES, type TimeSource } from '@/lib/pipeline/event/event'
import { itemOfUse, titleInWords } from '@/lib/store/deviations'
import { findRawRecord } from '@/lib/store/ingest/raw-blocks'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { type NamedReason, nameReasons } from '@/lib/store/screens/sigma/named-reasons'
import { findRow, plannedRows, sql } from '@/lib/store/sql'
import { isUseOf } from '@/lib/store/use-of-execution'
import type { ExecutionKey } from './search'

/** One record of a process, as its sensor wrote it. */
export type SensorRecord = {
  key: ExecutionKey
  tick: number
  sensor: Sensor
  timeSource: TimeSource
  isAnchor: boolean
  /** Host name as printed. */
  printedHost: string
  image: string
  originalFileName: string | null
  hashes: { md5: string | null; sha1: string | null; sha256: string | null; imphash: string | null }
  signer: string | null
  commandLine: string | null
  pid: string | null
  processGuid: string | null
  parentPid: string | null
  parentGuid: string | null
  parentImage: string | null
  parentCommandLine: string | null
  grandparentImage: string | null
  user: string | null
  userSid: string | null
  integrityLevel: string | null
  logonId: string | null
  recordId: string | null
  importFileId: number
  sourceFile: string
  uploadId: string
  raw: { blockId: string; index: number } | null
}

export type Execution = {
  hostId: number
  host: string
  slug: string
  binary: string
  /** Techniques that the catalogue names for it. */
  attack: string[]
  /** The library or script that it hosts, where that is an entry of its own. */
  hostedSlug: string | null
  /** The record asked for first, then the others of the same process. */
  records: [SensorRecord, ...SensorRecord[]]
  /** null = not computed yet. */
  signature: Signature | null
  patternId: string | null
  use: { scoreMillibits: number; riskMillibits: number; noveltyMillibits: number; trusted: boolean } | null
  deviation: {
    id: string
    title: string
    state: string
    /** null = a ruling explains it. */
    reasons: NamedReason[] | null
  } | null
}

/** Records of one process lie at most this far apart. */
const REACH = sql`interval '27 hours'`
const MAX_RECORDS = 20

type RecordRow = {
  host_id: number
  occurred_at: number
  id: string
  anchor_at: number
  anchor_id: string
  host: string
  slug: string
  binary: string
  attack: string[]
  hosted_slug: string | null
  tick: number
  sensor: number
  time_source: number
  printed_host: string
  path: string
  original_file_name: string | null
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
  signer: string | null
  command_line: string | null
  pid: string | null
  process_guid: string | null
  parent_pid: string | null
  parent_guid: string | null
  parent_image: string | null
  parent_command_line: string | null
  grandparent_image: string | null
  user_name: string | null
  sid: string | null
  integrity_level: string | null
  logon_id: string | null
  record_id: string | null
  import_file_id: number
  source_file: string
  upload_id: string
  raw_block_id: string | null
  raw_index: number | null
}

/** An execution with every record of its process; null when there is none or it is out of scope. */
export async function findExecution(scope: Scope, key: ExecutionKey): Promise<Execution | null> {
  const found = await plannedRows<RecordRow>(
    pool(),
    sql`WITH asked AS (
          SELECT host_id, pid, anchor_at, anchor_id FROM execution
          WHERE host_id = ${key.hostId} AND occurred_at = ${toTimestamp(key.occurredAtUs)}::timestamptz AND id = ${key.id}::bigint
            ${inScope(scope, sql`host_id`)})
        SELECT e.host_id, e.occurred_at, e.id, e.anchor_at, e.anchor_id, h.name AS host, c.slug, c.name AS binary, c.attack, hc.slug AS hosted_slug,
          e.tick, e.sensor, e.time_source, n.alias AS printed_host,
          i.path, i.original_file_name, i.md5, i.sha1, i.sha256, i.imphash, i.signer, e.command_line, e.pid, guid_text(e.process_guid) AS process_guid,
          e.parent_pid, guid_text(e.parent_guid) AS parent_guid, l.parent_image, e.parent_command_line, l.grandparent_image, u.name AS user_name, u.sid,
          l.integrity_level, e.logon_id, e.record_id, e.import_file_id, f.path AS source_file, f.upload_id, e.raw_block_id, e.raw_index
        FROM asked
        JOIN execution_with_texts e ON e.host_id = asked.host_id AND e.anchor_id = asked.anchor_id
          AND e.occurred_at BETWEEN asked.anchor_at - ${REACH} AND asked.anchor_at + ${REACH}
          AND e.pid IS NOT DISTINCT FROM asked.pid
        JOIN host h ON h.id = e.host_id
        JOIN host_alias n ON n.id = e.alias_id
        JOIN catalogue_entry c ON c.id = e.entry_id
        LEFT JOIN catalogue_entry hc ON hc.id = e.hosted_entry_id
        JOIN image i ON i.id = e.image_id
        LEFT JOIN launch l ON l.id = e.launch_id
        LEFT JOIN principal u ON u.id = e.principal_id
        JOIN import_file f ON f.id = e.import_file_id
        ORDER BY (e.id = ${key.id}::bigint) DESC, e.sensor, e.occurred_at LIMIT ${MAX_RECORDS}`,
  )
  const [first, ...others] = found
  if (!first) return null
  const [computed, deviation] = await Promise.all([findComputed(first), findDeviation(first)])
  return {
    hostId: first.host_id,
    host: first.host,
    slug: first.slug,
    binary: first.binary,
    attack: first.attack,
    hostedSlug: first.hosted_slug,
    records: [toSensorRecord(first), ...others.map(toSensorRecord)],
    signature: computed?.content ?? null,
    patternId: computed?.pattern_id ?? null,
    use: toUse(computed),
    deviation,
  }
}

/** The original event of a record, as JSON text; null when it is no longer kept. */
export async function findOriginal(scope: Scope, record: SensorRecord): Promise<string | null> {
  const { raw, key } = record
  return raw === null ? null : findRawRecord(pool(), scope, key.hostId, raw.blockId, raw.index)
}

type Anchor = Pick<RecordRow, 'host_id' | 'anchor_at' | 'anchor_id'>
type Computed = {
  content: Signature
  pattern_id: string | null
  score_millibits: number
  risk_millibits: number
  novelty_millibits: number
  trusted: boolean
}

async function findComputed({ host_id, anchor_at, anchor_id }: Anchor): Promise<Computed | null> {
  return findRow<Computed>(
    pool(),
    sql`SELECT s.content, s.pattern_id, u.score_millibits, u.risk_millibits, u.novelty_millibits, u.trusted
        FROM execution a JOIN usage u ON ${isUseOf(sql`u`, sql`a`)} JOIN signature s ON s.id = u.signature_id
        WHERE a.host_id = ${host_id} AND a.occurred_at = ${toTimestamp(anchor_at)}::timestamptz AND a.id = ${anchor_id}::bigint`,
  )
}

async function findDeviation({ host_id, anchor_at, anchor_id }: Anchor): Promise<Execution['deviation']> {
  const found = await findRow<NonNullable<Execution['deviation']>>(
    pool(),
    sql`SELECT d.id, ${titleInWords(sql`d`)} AS title, d.state, d.reasons FROM execution a JOIN usage u ON ${isUseOf(sql`u`, sql`a`)}
        JOIN signature s ON s.id = u.signature_id LEFT JOIN pattern p ON p.id = s.pattern_id CROSS JOIN LATERAL (${itemOfUse(sql`u`)}) d
        WHERE a.host_id = ${host_id} AND a.occurred_at = ${toTimestamp(anchor_at)}::timestamptz AND a.id = ${anchor_id}::bigint`,
  )
  if (found === null || found.reasons === null) return found
  const [reasons = []] = await nameReasons([found.reasons])
  return { ...found, reasons }
}

function toUse(computed: Computed | null): Execution['use'] {
  return (
    computed && {
      scoreMillibits: computed.score_millibits,
      riskMillibits: computed.risk_millibits,
      noveltyMillibits: computed.novelty_millibits,
      trusted: computed.trusted,
    }
  )
}

function toSensorRecord(row: RecordRow): SensorRecord {
  return {
    key: { hostId: row.host_id, occurredAtUs: row.occurred_at, id: row.id },
    tick: row.tick,
    sensor: SENSORS[row.sensor] ?? 'sysmon',
    timeSource: TIME_SOURCES[row.time_source] ?? 'time-created',
    isAnchor: row.id === row.anchor_id,
    printedHost: row.printed_host,
    image: row.path,
    originalFileName: row.original_file_name,
    hashes: { md5: row.md5, sha1: row.sha1, sha256: row.sha256, imphash: row.imphash },
    signer: row.signer,
    commandLine: row.command_line,
    pid: row.pid,
    processGuid: row.process_guid,
    parentPid: row.parent_pid,
    parentGuid: row.parent_guid,
    parentImage: row.parent_image,
    parentCommandLine: row.parent_command_line,
    grandparentImage: row.grandparent_image,
    user: row.user_name,
    userSid: row.sid,
    integrityLevel: row.integrity_level,
    logonId: row.logon_id,
    recordId: row.record_id,
    importFileId: row.import_file_id,
    sourceFile: row.source_file,
    uploadId: row.upload_id,
    raw:
      row.raw_block_id === null || row.raw_index === null
        ? null
        : { blockId: row.raw_block_id, index: row.raw_index },
  }
}
