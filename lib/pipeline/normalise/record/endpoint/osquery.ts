import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, object, pid, separateHashes, text, trimmed } from '../field'
import { type EventResult, missing, type RecordContext, type RecordOrigin, untimed } from '../result'
import { integrityOfLabel } from '../security'
import type { CreationTime } from '../windows-record'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

const START: ReadonlySet<string> = new Set(['processstart', 'exec'])
const STOP: ReadonlySet<string> = new Set(['processstop', 'exit'])

/**
 * A row that osquery logs (`columns` with host and time beside), of its tables processes, process_events, es_process_events and process_etw_events, or a row
 * of such a table alone. A process that several snapshots list is one, by its process id and start.
 */
export function fromOsquery(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const columns = object(fields['columns']) ?? (isRow(fields) ? fields : null)
  if (columns === null) return null
  const origin = { position, recordId: null, host: hostOf(fields) ?? context.defaultHost }
  const logged = createdAt(fields['unixTime'])
  const at = createdAt(columns['time'], columns['start_time'], columns['datetime']) ?? logged
  if (at === null) return untimed(columns, origin, ['time', 'start_time', 'datetime'], 'time')
  if (!isProcess(columns) || fields['action'] === 'removed')
    return endpointOther('osquery', origin, logged ?? at)
  // what runs without a start that is known would be a new process in every snapshot
  if (fields['action'] === 'snapshot' && createdAt(columns['start_time'], columns['time']) === null)
    return missing(origin, 'start_time')
  return fromProcess(columns, origin, at)
}

function fromProcess(columns: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const type = trimmed(columns['event_type'] ?? columns['type'])?.toLowerCase() ?? null
  const image = firstText(columns['path'], columns['name'])
  if (type !== null && STOP.has(type))
    return endpointEnd('osquery', origin, at, { pid: pid(columns['pid']), processGuid: null, image })
  if (type !== null && !START.has(type)) return endpointOther('osquery', origin, at)
  return endpointCreation('osquery', origin, at, image, processOf(columns), 'path')
}

/** As `osqueryi --json` prints a table, without host and query, and Fleet exports a query's answers, with `host_display_name`. */
function isRow(fields: JsonObject): boolean {
  return (
    isProcess(fields) && (fields['parent'] ?? fields['ppid'] ?? fields['host_display_name']) !== undefined
  )
}

function isProcess(columns: JsonObject): boolean {
  return columns['pid'] !== undefined && columns['path'] !== undefined && columns['cmdline'] !== undefined
}

/** The host's name where an administrator decorates the log with it, since the identifier may be a random one. */
function hostOf(fields: JsonObject): string | null {
  const decorations = object(fields['decorations'])
  return (
    firstText(
      decorations?.['hostname'],
      fields['hostIdentifier'],
      fields['hostname'],
      fields['host_display_name'],
    )?.trim() || null
  )
}

function processOf(columns: JsonObject) {
  return {
    pid: pid(columns['pid']),
    parentPid: pid(columns['parent'] ?? columns['ppid']),
    commandLine: text(columns['cmdline']),
    currentDirectory: text(columns['cwd']),
    parentImage: firstText(columns['parent_path'], columns['parent_name']),
    parentCommandLine: text(columns['parent_cmdline']),
    user: trimmed(columns['username']),
    integrityLevel: integrityOfLabel(columns['mandatory_label']),
    hashes: separateHashes({ md5: columns['md5'], sha1: columns['sha1'], sha256: columns['sha256'] }),
    // of macOS: who signed it, as the system names it
    signer: trimmed(columns['signing_id']),
  }
}
