import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, integer, object, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

/** winlogbeat up to 6: fields at the top. `beat.hostname` and `host.name` name the collector. */
export function liftWinlogbeat6(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['event_id'])
  if (eventId === null) return null
  return {
    provider: trimmed(fields['source_name']),
    channel: trimmed(fields['log_name']),
    eventId,
    computer: trimmed(fields['computer_name']),
    created: createdAt(fields['@timestamp']),
    recordId: text(fields['record_number']),
    data: object(fields['event_data']) ?? object(fields['user_data']) ?? {},
  }
}

/**
 * winlogbeat from 7 on, and the Elastic Common Schema its pipeline makes of it: `winlog.event_data` as shipped, `process.*` after the pipeline,
 * which may have removed the raw fields. `agent.hostname` names the collector, and so may `host.name` where the raw computer name is there too.
 */
export function liftWinlogbeat7(fields: JsonObject): WindowsRecord | null {
  const winlog = object(fields['winlog']) ?? {}
  const event = object(fields['event']) ?? {}
  const eventId = integer(winlog['event_id']) ?? integer(event['code'])
  if (eventId === null) return null
  const raw = object(winlog['event_data']) ?? object(winlog['user_data']) ?? {}
  return {
    provider: trimmed(winlog['provider_name']) ?? trimmed(event['provider']),
    channel: trimmed(winlog['channel']),
    eventId,
    computer: trimmed(winlog['computer_name']) ?? trimmed(object(fields['host'])?.['name']),
    created: createdAt(fields['@timestamp']),
    recordId: text(winlog['record_id']),
    data: eventId === 1 || eventId === 4688 ? { ...commonSchemaData(fields, eventId), ...raw } : raw,
  }
}

/** Where the Common Schema keeps what the log names so. */
const COMMON_SCHEMA: Readonly<Record<1 | 4688, Readonly<Record<string, string>>>> = {
  1: {
    Image: 'process.executable',
    CommandLine: 'process.command_line',
    ProcessId: 'process.pid',
    ProcessGuid: 'process.entity_id',
    CurrentDirectory: 'process.working_directory',
    OriginalFileName: 'process.pe.original_file_name',
    ParentImage: 'process.parent.executable',
    ParentCommandLine: 'process.parent.command_line',
    ParentProcessId: 'process.parent.pid',
    ParentProcessGuid: 'process.parent.entity_id',
  },
  4688: {
    NewProcessName: 'process.executable',
    CommandLine: 'process.command_line',
    NewProcessId: 'process.pid',
    ParentProcessName: 'process.parent.executable',
    ProcessId: 'process.parent.pid',
    SubjectUserName: 'user.name',
    SubjectDomainName: 'user.domain',
    SubjectUserSid: 'user.id',
  },
}

function commonSchemaData(fields: JsonObject, eventId: 1 | 4688): JsonObject {
  if (object(fields['process']) === null) return {}
  const data: JsonObject = {}
  for (const [name, path] of Object.entries(COMMON_SCHEMA[eventId])) data[name] = valueAt(fields, path)
  if (eventId === 4688) return data
  data['User'] = account(valueAt(fields, 'user.domain'), valueAt(fields, 'user.name'))
  data['Hashes'] = listHashes(object(valueAt(fields, 'process.hash')))
  return data
}

function valueAt(fields: JsonObject, path: string): JsonValue {
  let value: JsonValue = fields
  for (const key of path.split('.')) value = object(value)?.[key] ?? null
  return value
}

function listHashes(hash: JsonObject | null): string {
  return Object.entries(hash ?? {})
    .map(([algorithm, digest]) => `${algorithm}=${text(digest) ?? ''}`)
    .join(',')
}
