import { type ProcessCreation, SENSORS } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { type ImageValue, imageId, type PrincipalValue, principalId } from '@/lib/store/dictionaries'
import type { HostRef } from '@/lib/store/hosts'
import { toTimestamp } from '@/lib/store/pool'

/** A creation on its way into the store: the event, what it matched, and its record as read. */
export type IncomingCreation = {
  event: ProcessCreation
  /** Host name as printed, or the import's own. */
  hostName: string
  /** Catalogue entry whose use is counted; null for every other process. */
  entryId: number | null
  hostedEntryId: number | null
  /** The original record as JSON text; kept for executions only. */
  original: string | null
}

const TIME_SOURCES = ['utc-time', 'time-created', 'repaired'] as const

/** Text longer than this is cut, so that a poisoned record cannot fill a page or an index. */
const MAX_TEXT = 32_768

export const PROCESS_COLUMNS = [
  'host_id',
  'occurred_at',
  'id',
  'sensor',
  'alias_id',
  'pid',
  'process_guid',
  'parent_pid',
  'parent_guid',
  'image_id',
  'parent_image',
  'principal_id',
  'command_line',
] as const

export const EXECUTION_COLUMNS = [
  ...PROCESS_COLUMNS,
  'tick',
  'anchor_at',
  'anchor_id',
  'time_source',
  'entry_id',
  'hosted_entry_id',
  'grandparent_image',
  'integrity_level',
  'logon_id',
  'parent_command_line',
  'import_file_id',
  'record_id',
] as const

export type Cells = (string | number | null)[]

export function toImage({ event }: IncomingCreation): ImageValue {
  return {
    path: cut(event.image) ?? '',
    fileName: fileName(event.image).toLowerCase().slice(0, 255),
    originalFileName: cut(event.originalFileName),
    md5: event.hashes?.md5 ?? null,
    sha1: event.hashes?.sha1 ?? null,
    sha256: event.hashes?.sha256 ?? null,
    imphash: event.hashes?.imphash ?? null,
    signer: cut(event.signer),
  }
}

export function toPrincipal({ event }: IncomingCreation): PrincipalValue | null {
  return event.user === null && event.userSid === null ? null : { name: cut(event.user), sid: event.userSid }
}

export function rowId({ event }: IncomingCreation): string {
  return hash64('record', event.recordKey)
}

/** Cells in the order of PROCESS_COLUMNS. */
export function processCells(creation: IncomingCreation, host: HostRef): Cells {
  const { event } = creation
  const principal = toPrincipal(creation)
  return [
    host.hostId,
    toTimestamp(event.time.us),
    rowId(creation),
    SENSORS.indexOf(event.sensor),
    host.aliasId,
    event.pid,
    event.processGuid,
    event.parentPid,
    event.parentProcessGuid,
    imageId(toImage(creation)),
    cut(event.parentImage),
    principal && principalId(principal),
    cut(event.commandLine),
  ]
}

/** Cells in the order of EXECUTION_COLUMNS: a record stands for itself until correlation says otherwise. */
export function executionCells(creation: IncomingCreation, host: HostRef, importFileId: number): Cells {
  const { event } = creation
  return [
    ...processCells(creation, host),
    event.time.tick,
    toTimestamp(event.time.us),
    rowId(creation),
    TIME_SOURCES.indexOf(event.timeSource),
    creation.entryId,
    creation.hostedEntryId,
    cut(event.grandparentImage),
    event.integrityLevel,
    event.logonId,
    cut(event.parentCommandLine),
    importFileId,
    event.recordId,
  ]
}

function cut(text: string | null): string | null {
  return text !== null && text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text
}
