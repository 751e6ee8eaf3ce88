import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt, createdAtUtc, nxlogCreatedAt } from '../creation-time'
import { eventDataOfXml } from '../event-xml'
import { firstText, integer, object, objectOfJson, only, text } from '../field'
import { unescapeHtml } from '../unescape'
import type { CreationTime, WindowsRecord } from '../windows-record'
import { elementData } from './element-data'
import { namedValues } from './named-values'
import { renamedSysmon } from './renamed-sysmon'

/**
 * Records with System's and the event's fields side by side: nxlog (EventTime, SourceName), the security datasets' own exporter (TimeCreated, perhaps no
 * provider), Log Analytics (Computer, TimeGenerated, EventData also or only as a text of XML or JSON), a table's row, and Sysmon's bare fields with EventId.
 * nxlog's `host` names the collector and is not read.
 */
export function liftFlat(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'] ?? fields['EventId'])
  if (eventId === null) return null
  const isNxlog = fields['EventTime'] !== undefined
  const provider = firstText(
    fields['SourceName'],
    fields['Provider'],
    fields['EventSourceName'],
    eventTableSource(fields),
  )
  const data = eventFields(fields, provider, eventId)
  return {
    provider,
    channel: firstText(fields['Channel'], fields['EventLog']),
    eventId,
    computer: firstText(fields['Hostname'], fields['Computer'], graylogSource(fields))?.trim() || null,
    printed: () => (isNxlog ? only(fields, 'EventTime', '@timestamp') : flatTimes(fields)),
    created: () => (isNxlog ? nxlogTime(fields) : flatTime(fields)),
    recordId: firstText(fields['RecordNumber'], fields['EventRecordID']),
    data: isNxlog && (eventId === 1 || eventId === 4688) ? unescapeFields(data) : data,
  }
}

/** Log Analytics' table Event has a column of a name that events use too. */
function eventTableSource(fields: JsonObject): JsonValue | undefined {
  return fields['EventLog'] === undefined ? undefined : fields['Source']
}

function nxlogTime(fields: JsonObject): CreationTime | null {
  return nxlogCreatedAt(fields['EventTime'], fields['EventReceivedTime'], fields['@timestamp'])
}

function flatTime(fields: JsonObject): CreationTime | null {
  return (
    createdAt(fields['TimeCreated'], fields['SystemTime']) ??
    createdAtUtc(fields['TimeGenerated']) ??
    createdAtUtc(fields['@timestamp']) ??
    createdAt(graylogTime(fields))
  )
}

function flatTimes(fields: JsonObject): JsonObject {
  const named = only(fields, 'TimeCreated', 'SystemTime', 'TimeGenerated', '@timestamp')
  return { ...named, timestamp: graylogTime(fields) ?? null }
}

/** Graylog has every message's time and host in fields of its own, and takes away those that they came from. */
function graylogTime(fields: JsonObject): JsonValue | undefined {
  const isMessage = fields['source'] !== undefined && fields['message'] !== undefined
  return isMessage ? fields['timestamp'] : undefined
}

/** What Graylog adds to every message. */
const GRAYLOG_MARKS = ['streams', 'gl2_source_input', 'gl2_message_id'] as const

/** Others name a log or a collector so: only Graylog's own is a host, and no name of a log or a path. */
function graylogSource(fields: JsonObject): JsonValue | undefined {
  const source = text(fields['source'])
  const isOwn = source !== null && GRAYLOG_MARKS.some((mark) => fields[mark] !== undefined)
  return isOwn && !/[:/\\]/.test(source) ? source : undefined
}

/** The event's own fields: those beside System's, and where they are only in EventData, those. */
function eventFields(fields: JsonObject, provider: string | null, eventId: number): JsonObject {
  const inner = innerFields(fields['EventData'])
  if (inner === null) return renamedSysmon(fields) ?? ofParameters(fields, provider, eventId) ?? fields
  // as parse_xml() of Log Analytics has it
  const element = object(object(inner['DataItem'])?.['EventData']) ?? inner
  return { ...elementData(element, provider, eventId), ...fields }
}

/** Log Analytics has an event's values also as parameters without names, but in their order. */
function ofParameters(fields: JsonObject, provider: string | null, eventId: number): JsonObject | null {
  const xml = fields['ParameterXml']
  if (typeof xml !== 'string') return null
  const values = Array.from(xml.matchAll(PARAMETER), ([, value = '']) => unescapeHtml(value))
  const data = namedValues(provider, eventId, values)
  return data === null ? null : { ...data, ...fields }
}

/** An empty one has its place too. */
const PARAMETER = /<Param\s{0,8}(?:\/>|>([^<]*)<\/Param>)/g

function innerFields(eventData: JsonValue | undefined): JsonObject | null {
  if (typeof eventData !== 'string') return object(eventData)
  return eventData.startsWith('<') ? eventDataOfXml(eventData) : objectOfJson(eventData)
}

function unescapeFields(fields: JsonObject): JsonObject {
  const isEscaped = Object.values(fields).some((value) => typeof value === 'string' && value.includes('&'))
  if (!isEscaped) return fields
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, unescapeHtml(value)]))
}
