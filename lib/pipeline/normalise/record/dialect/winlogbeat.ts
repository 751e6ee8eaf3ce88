import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, integer, object, objectOfJson, only, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

/** winlogbeat up to 6: fields at the top. `beat.hostname` and `host.name` name the collector. */
export function liftWinlogbeat6(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['event_id'])
  if (eventId === null) return null
  const provider = trimmed(fields['source_name'])
  return {
    provider,
    channel: provider === null ? trimmed(fields['log_name']) : null,
    eventId,
    computer: trimmed(fields['computer_name']),
    created: () => createdAt(fields['@timestamp']),
    printed: () => only(fields, '@timestamp'),
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
  const raw = dataOf(winlog['event_data']) ?? object(winlog['user_data']) ?? {}
  return {
    provider: trimmed(winlog['provider_name']) ?? trimmed(event['provider']) ?? moduleSource(event),
    channel: trimmed(winlog['channel']),
    eventId,
    computer: trimmed(winlog['computer_name']) ?? trimmed(object(fields['host'])?.['name']),
    created: () => createdAt(fields['@timestamp']),
    printed: () => only(fields, '@timestamp'),
    recordId: text(winlog['record_id']),
    data: withCommonSchema(fields, eventId, raw),
  }
}

/** Some pipelines have it as a text. */
function dataOf(value: JsonValue | undefined): JsonObject | null {
  return object(value) ?? objectOfJson(value)
}

/** The source that the module or the data set of a pipeline is for. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ['sysmon', 'Microsoft-Windows-Sysmon'],
  ['windows.sysmon_operational', 'Microsoft-Windows-Sysmon'],
  ['security', 'Microsoft-Windows-Security-Auditing'],
  ['system.security', 'Microsoft-Windows-Security-Auditing'],
])

function moduleSource({ module, dataset }: JsonObject): string | null {
  return MODULES.get(trimmed(module) ?? '') ?? MODULES.get(trimmed(dataset) ?? '') ?? null
}

/** Where the Common Schema keeps the process that an event of Sysmon's is about. */
const ACTING = { Image: 'process.executable', ProcessId: 'process.pid', ProcessGuid: 'process.entity_id' }

/** Where the Common Schema keeps what the log names so, by event id; events of other logs with the same id lack these fields. */
const COMMON_SCHEMA: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {
    ...ACTING,
    CommandLine: 'process.command_line',
    CurrentDirectory: 'process.working_directory',
    OriginalFileName: 'process.pe.original_file_name',
    ParentImage: 'process.parent.executable',
    ParentCommandLine: 'process.parent.command_line',
    ParentProcessId: 'process.parent.pid',
    ParentProcessGuid: 'process.parent.entity_id',
  },
  3: {
    ...ACTING,
    Protocol: 'network.transport',
    SourceIp: 'source.ip',
    SourcePort: 'source.port',
    DestinationIp: 'destination.ip',
    DestinationHostname: 'destination.domain',
    DestinationPort: 'destination.port',
  },
  5: ACTING,
  7: {
    ...ACTING,
    ImageLoaded: 'file.path',
    OriginalFileName: 'file.pe.original_file_name',
    Signed: 'file.code_signature.signed',
    Signature: 'file.code_signature.subject_name',
    SignatureStatus: 'file.code_signature.status',
  },
  22: { ...ACTING, QueryName: 'dns.question.name' },
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
  4689: { ProcessName: 'process.executable', ProcessId: 'process.pid' },
}

/** The event's own fields, and in place of those that the pipeline removed what it made of them. */
function withCommonSchema(fields: JsonObject, eventId: number, raw: JsonObject): JsonObject {
  const places = COMMON_SCHEMA[eventId]
  if (places === undefined || object(fields['process']) === null) return raw
  const data: JsonObject = {}
  for (const [name, path] of Object.entries(places)) data[name] = valueAt(fields, path)
  if (eventId === 1) {
    data['User'] = account(valueAt(fields, 'user.domain'), valueAt(fields, 'user.name'))
    data['Hashes'] = listHashes(object(fields['process']))
  }
  if (eventId === 3) data['Initiated'] = initiated(text(valueAt(fields, 'network.direction')))
  if (eventId === 7) data['Hashes'] = listHashes(object(fields['file']))
  if (eventId === 22) data['QueryResults'] = listAnswers(valueAt(fields, 'dns.resolved_ip'))
  return { ...data, ...raw }
}

function initiated(direction: string | null): string | null {
  if (direction === null) return null
  return String(direction === 'egress' || direction === 'outbound')
}

function listAnswers(addresses: JsonValue): string | null {
  return Array.isArray(addresses) ? addresses.map((address) => text(address) ?? '').join(';') : null
}

function valueAt(fields: JsonObject, path: string): JsonValue {
  let value: JsonValue = fields
  for (const key of path.split('.')) value = object(value)?.[key] ?? null
  return value
}

/** Of a process or file; the import hash lies among what its header says. */
function listHashes(of: JsonObject | null): string {
  const hashes = { imphash: object(of?.['pe'])?.['imphash'] ?? null, ...object(of?.['hash']) }
  return Object.entries(hashes)
    .map(([algorithm, digest]) => `${algorithm}=${text(digest) ?? ''}`)
    .join(',')
}
