import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, guid, listedHashes, pid, sid, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation } from './endpoint-creation'

/** A process in Splunk's Common Information Model, also with the model's name before each field, as searches of it print them. */
export function fromCommonInformation(
  given: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const fields = withoutModel(given)
  const image = firstText(fields['process_path'], fields['process_exec'], fields['process_name'])
  if (image === null || (fields['process'] ?? fields['parent_process'] ?? fields['process_id']) === undefined)
    return null
  const host = firstText(fields['dest'], fields['host'])?.trim() || context.defaultHost
  const origin = { position, recordId: null, host }
  const processGuid = guid(fields['process_guid'])
  // without Sysmon's own id a record is another view of its process: correlation finds them to be one
  const product = firstText(fields['vendor_product'], fields['sourcetype'], fields['source']) ?? ''
  const sensor = processGuid !== null && /sysmon/i.test(product) ? 'sysmon' : 'edr'
  const at = createdAt(fields['_time'], fields['time'])
  if (at === null) return untimed(fields, origin, ['_time', 'time'], '_time')
  const known = {
    pid: pid(fields['process_id']),
    parentPid: pid(fields['parent_process_id']),
    processGuid,
    parentProcessGuid: guid(fields['parent_process_guid']),
    commandLine: text(fields['process']),
    currentDirectory: text(fields['process_current_directory']),
    originalFileName: text(fields['original_file_name']),
    parentImage: firstText(
      fields['parent_process_path'],
      fields['parent_process_exec'],
      fields['parent_process_name'],
    ),
    parentCommandLine: text(fields['parent_process']),
    user: trimmed(fields['user']),
    userSid: sid(fields['user_id']),
    integrityLevel: trimmed(fields['process_integrity_level'])?.toLowerCase() ?? null,
    hashes: listedHashes(joined(fields['process_hash'])),
  }
  return endpointCreation(sensor, origin, at, image, known, 'process_path')
}

function withoutModel(fields: JsonObject): JsonObject {
  if (fields['Processes.process_name'] === undefined && fields['Processes.process'] === undefined)
    return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.replace(/^Processes\./, ''), value]),
  )
}

/** Several values are an array, or lines in a table's cell. */
function joined(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((part) => text(part) ?? '').join(',')
  return typeof value === 'string' ? value.replaceAll('\n', ',') : value
}
