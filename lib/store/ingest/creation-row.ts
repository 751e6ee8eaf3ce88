import { type ProcessCreation, SENSORS, TIME_SOURCES } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import {
  type ImageValue,
  imageId,
  type LaunchValue,
  launchCells,
  launchId,
  type PrincipalValue,
  principalId,
} from '@/lib/store/dictionaries'
import { guidBytes } from '@/lib/store/guid'
import type { HostRef } from '@/lib/store/hosts'
import { indexableText } from '@/lib/store/indexable-text'
import { monthOf } from '@/lib/store/partitions'
import { toTimestamp } from '@/lib/store/pool'
import { remembering, rememberingSeveral } from '@/lib/store/remembering'
import { type CommandText, commandTextId } from './command-texts'
import { type FactKey, factName } from './find-fresh'
import type { StoredRaw } from './raw-blocks'

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

/** Text longer than this is cut, so that a poisoned record cannot fill a page or an index. */
const MAX_TEXT = 32_768

const SHARED_COLUMNS = [
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
  'launch_id',
  'principal_id',
] as const

export const PROCESS_COLUMNS = [...SHARED_COLUMNS, 'command_line', 'import_file_id'] as const

export const EXECUTION_COLUMNS = [
  ...SHARED_COLUMNS,
  'tick',
  'anchor_at',
  'anchor_id',
  'time_source',
  'entry_id',
  'hosted_entry_id',
  'logon_id',
  'import_file_id',
  'record_id',
  'command_text_id',
  'parent_text_id',
  'raw_block_id',
  'raw_index',
] as const

export type Cells = (string | number | null)[]

/** A creation with its place and its ids, worked out once. */
export type PlacedCreation = {
  creation: IncomingCreation
  host: HostRef
  rowId: string
  /** What identifies it, and its name. */
  key: FactKey
  name: string
  image: ImageValue
  imageId: string
  principal: PrincipalValue | null
  principalId: string | null
  /** Of executions all that is known, of other processes the parent; null where nothing is. */
  launch: LaunchValue | null
  launchId: string | null
  /** What a search finds an execution by; null where it has no command line, or is none. */
  commandText: CommandText | null
  /** The parent's command line, of executions. */
  parentText: CommandText | null
}

export function placeCreation(creation: IncomingCreation, host: HostRef): PlacedCreation {
  const { event } = creation
  const isExecution = creation.entryId !== null
  const rowId = hash64('record', event.recordKey)
  const formerId = event.formerKey === undefined ? undefined : hash64('record', event.formerKey)
  const key = { hostId: host.hostId, rowId, us: event.time.us, formerId }
  return {
    creation,
    host,
    rowId,
    key,
    name: factName(key),
    ...imageOf(event),
    ...principalOf(event),
    ...launchOf(event, isExecution),
    commandText: isExecution ? textOf(event.commandLine, event) : null,
    parentText: isExecution ? textOf(event.parentCommandLine, event) : null,
  }
}

function textOf(line: string | null, { time }: ProcessCreation): CommandText | null {
  const text = cut(line)
  return text === null ? null : { month: monthOf(time.us), id: commandTextId(text), text }
}

const NO_HASHES = { md5: null, sha1: null, sha256: null, imphash: null }

/** A part of a key, as of hash64: what is missing differs from any text. */
function marked(text: string | null): string {
  return text === null ? 'n' : `v${text}`
}

const images = rememberingSeveral<Pick<PlacedCreation, 'image' | 'imageId'>>()

function imageOf(event: ProcessCreation): Pick<PlacedCreation, 'image' | 'imageId'> {
  const { image: path, originalFileName, hashes, signer } = event
  const { md5, sha1, sha256, imphash } = hashes ?? NO_HASHES
  const first = sha256 ?? sha1 ?? md5 ?? path
  return images(first, [path, originalFileName, md5, sha1, sha256, imphash, signer], () => {
    const image = toImage(event)
    return { image, imageId: imageId(image) }
  })
}

const principals = remembering<Pick<PlacedCreation, 'principal' | 'principalId'>>()

function principalOf(event: ProcessCreation): Pick<PlacedCreation, 'principal' | 'principalId'> {
  const key = `${marked(event.user)}\0${marked(event.userSid)}`
  return principals(key, () => {
    const principal = toPrincipal(event)
    return { principal, principalId: principal && principalId(principal) }
  })
}

const launches = remembering<Pick<PlacedCreation, 'launch' | 'launchId'>>()

function launchOf(event: ProcessCreation, isExecution: boolean): Pick<PlacedCreation, 'launch' | 'launchId'> {
  const launch = toLaunch(event, isExecution)
  const cells = launchCells(launch)
  if (cells.every((cell) => cell === null)) return { launch: null, launchId: null }
  return launches(cells.map(marked).join('\0'), () => ({ launch, launchId: launchId(launch) }))
}

function toLaunch(event: ProcessCreation, isExecution: boolean): LaunchValue {
  return {
    parentImage: event.parentImage === null ? null : indexableText(event.parentImage),
    grandparentImage: isExecution ? cut(event.grandparentImage) : null,
    integrityLevel: isExecution ? event.integrityLevel : null,
    currentDirectory: isExecution ? cut(event.currentDirectory) : null,
  }
}

function toImage(event: ProcessCreation): ImageValue {
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

function toPrincipal({ user, userSid }: ProcessCreation): PrincipalValue | null {
  return user === null && userSid === null ? null : { name: cut(user), sid: userSid }
}

/** Cells in the order of PROCESS_COLUMNS. */
export function processCells(placed: PlacedCreation, importFileId: number): Cells {
  return [...sharedCells(placed), cut(placed.creation.event.commandLine), importFileId]
}

function sharedCells({
  creation: { event },
  host,
  rowId,
  imageId,
  launchId,
  principalId,
}: PlacedCreation): Cells {
  return [
    host.hostId,
    toTimestamp(event.time.us),
    rowId,
    SENSORS.indexOf(event.sensor),
    host.aliasId,
    event.pid,
    guidBytes(event.processGuid),
    event.parentPid,
    guidBytes(event.parentProcessGuid),
    imageId,
    launchId,
    principalId,
  ]
}

/** Cells in the order of EXECUTION_COLUMNS: a record stands for itself until correlation says otherwise. */
export function executionCells(
  placed: PlacedCreation,
  importFileId: number,
  original: StoredRaw | undefined,
): Cells {
  const { creation, rowId, commandText, parentText } = placed
  const { event } = creation
  return [
    ...sharedCells(placed),
    event.time.tick,
    toTimestamp(event.time.us),
    rowId,
    TIME_SOURCES.indexOf(event.timeSource),
    creation.entryId,
    creation.hostedEntryId,
    event.logonId,
    importFileId,
    event.recordId,
    commandText?.id ?? null,
    parentText?.id ?? null,
    original?.blockId ?? null,
    original?.index ?? null,
  ]
}

function cut(text: string | null): string | null {
  return text !== null && text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text
}
