import type { JsonObject, RawRecord } from '@/lib/pipeline/event/raw-record'
import type { Outline } from '@/lib/pipeline/parse/json-outline'
import { storableText } from '@/lib/pipeline/storable-text'
import { isControlEvent, isControlLog, readControl } from './control/read-control'
import { fromDefender, isDefender } from './defender'
import { liftSelected } from './dialect/selected'
import { readEndpoint } from './endpoint/read-endpoint'
import { firstText, integer, text, trimmed } from './field'
import { liftShipped, liftWindowsRecord, unwrap } from './lift'
import { otherEvent } from './other-event'
import { respelled } from './respell'
import { type EventResult, type RecordContext, rejected } from './result'
import { fromSecurity, isReadOfSecurity } from './security'
import { sourceOf } from './source'
import { fromSysmon, isReadOfSysmon } from './sysmon'
import type { WindowsRecord } from './windows-record'
import { type Wrapped, wrappedIn } from './wrapped'

const SHOWN_KEYS = 8

/** Whoever imported the file knows its program by its keys, and can look if that is one that is read. */
function unknownShape(fields: JsonObject): string {
  const keys = Object.keys(fields)
  const shown = keys.slice(0, SHOWN_KEYS).map((key) => storableText(key.slice(0, 64)))
  const rest = keys.length > SHOWN_KEYS ? ` and ${keys.length - SHOWN_KEYS} more` : ''
  const has = keys.length === 0 ? 'it is empty' : `it has ${shown.join(', ')}${rest}`
  return `no event id in the record, and no other shape that is known here: ${has}. README.md lists what is read ("What it reads")`
}

/**
 * What a record says, in one vocabulary: Windows events of Sysmon, the Security log and the controls as EVTX, XML, evtx_dump, winlogbeat (6, 7, Common
 * Schema), nxlog, Log Analytics, Splunk, Event Viewer, PowerShell and flat exports render them, and the events of Defender, CrowdStrike, Velociraptor, osquery and others. Never throws: a record of an unknown shape, or one
 * without a field it cannot do without, is a rejection that names what is missing.
 */
export function toEvent(record: RawRecord, context: RecordContext): EventResult {
  const shipped = liftShipped(record.fields)
  if (shipped !== null) return fromWindows(shipped, record, context)
  return fromAny(record, context, MAX_WRAPPINGS) ?? rejected(record, unknownShape(record.fields))
}

/** Programs that pass an event on one after the other. */
const MAX_WRAPPINGS = 3

/** Null where neither a record nor one inside it is of a shape that is known. */
function fromAny(record: RawRecord, context: RecordContext, wrappings: number): EventResult | null {
  const fields = unwrap(record.fields)
  const { position } = record
  if (isDefender(fields)) return fromDefender(fields, position, context)
  const lifted = liftWindowsRecord(fields)
  if (lifted !== null) return fromWindows(lifted, record, context)
  const within = (inner: Wrapped | null) =>
    inner === null ? null : fromAny({ ...record, fields: inner.fields }, inner.context, wrappings - 1)
  // what a sensor tells of a process comes before what somebody's text in it says; what is only counted may be a forwarder's
  const own = readEndpoint(fields, position, context)
  if (own?.kind === 'event' && own.event.kind !== 'other') return own
  const found = (wrappings === 0 ? null : within(wrappedIn(fields, context))) ?? own
  if (found !== null) return found
  const named = wrappings === 0 ? null : respelled(fields)
  const known = named === null ? null : within({ fields: named, context })
  // somebody's choice of columns is what no program's record is
  const selected = known === null ? liftSelected(fields) : null
  return selected === null ? known : fromWindows(selected, record, context)
}

function fromWindows(given: WindowsRecord, record: RawRecord, context: RecordContext): EventResult {
  const lifted = withTime(given, context)
  const { position } = record
  const recordId = lifted.recordId ?? record.recordId
  const origin = { position, recordId, host: lifted.computer ?? context.defaultHost }
  const sensor = sensorOf(lifted)
  if (lifted.unread !== undefined && isReadOf(sensor, lifted.eventId)) return rejected(origin, lifted.unread)
  if (sensor === 'sysmon') return fromSysmon(lifted, origin)
  if (sensor === 'security') return fromSecurity(lifted, origin)
  const control = readControl(lifted, origin)
  if (control?.kind === 'rejection' && lifted.unread !== undefined) return rejected(origin, lifted.unread)
  return (
    control ??
    otherEvent(isControlEvent(lifted) ? 'control-event' : 'other', null, lifted, origin, lifted.created())
  )
}

function isReadOf(sensor: 'sysmon' | 'security' | null, eventId: number): boolean {
  return sensor === 'sysmon' ? isReadOfSysmon(eventId) : sensor === 'security' && isReadOfSecurity(eventId)
}

/**
 * Whether `toEvent` reads more of an event from an event log than System, by System's texts: of logs that are no sensor's and no control's, and of
 * most of the Security log, it only counts the events. Sysmon's own time lies in the data of each.
 */
export function needsData(provider: string, eventId: string, channel: string): boolean {
  const source = sourceOf(trimmed(provider), trimmed(channel))
  const sensor = sensorOfSource(source)
  if (sensor === 'security') return isReadOfSecurity(integer(eventId))
  return sensor === 'sysmon' || source === '' || isControlLog(source)
}

const OF_DATA = { event_data: { UtcTime: 'value' }, user_data: { UtcTime: 'value' } } as const
const OF_SYSTEM = { event_id: 'value', computer_name: 'value' } as const

/** What `toEvent` reads of an event that winlogbeat sends and that is only counted. */
export const ONLY_COUNTED: Outline = {
  members: {
    '@timestamp': 'value',
    ...OF_SYSTEM,
    source_name: 'value',
    record_number: 'value',
    ...OF_DATA,
    winlog: { ...OF_SYSTEM, provider_name: 'value', record_id: 'value', ...OF_DATA },
  },
  suffices: isOnlyCounted,
}

/** Whether these members of an event are all that is read of it: its log, id and computer are told where they are looked for first, and no more of it is of interest. */
function isOnlyCounted(fields: JsonObject): boolean {
  const lifted = liftShipped(fields)
  if (lifted === null || lifted.provider === null || lifted.computer === null) return false
  const sensor = sensorOf(lifted)
  return sensor === null ? !isControlLog(lifted.provider.toLowerCase()) : !isReadOf(sensor, lifted.eventId)
}

function withTime(lifted: WindowsRecord, { defaultTime }: RecordContext): WindowsRecord {
  if (!defaultTime || lifted.created() !== null) return lifted
  return { ...lifted, created: () => ({ time: defaultTime, source: 'time-created' }) }
}

/** As nearly all records spell them. */
const SENSOR_OF: ReadonlyMap<string, 'sysmon' | 'security'> = new Map([
  ['Microsoft-Windows-Sysmon', 'sysmon'],
  ['Microsoft-Windows-Security-Auditing', 'security'],
])

/** By provider, else by channel; a record that names neither is told by the fields only one of them has. */
function sensorOf(record: WindowsRecord): 'sysmon' | 'security' | null {
  const { provider } = record
  const known = provider === null ? undefined : SENSOR_OF.get(provider)
  if (known !== undefined) return known
  const source = sourceOf(provider, record.channel)
  return source === '' ? sensorOfFields(record) : sensorOfSource(source)
}

/** Sysmon has a clock of its own; a process has an image there and a name in the Security log. */
function sensorOfFields({ eventId, data }: WindowsRecord): 'sysmon' | 'security' | null {
  if (text(data['UtcTime']) !== null) return 'sysmon'
  const hasImage =
    text(data['Image']) !== null && firstText(data['CommandLine'], data['ProcessGuid']) !== null
  if (eventId === 1 && hasImage) return 'sysmon'
  return eventId === 4688 && text(data['NewProcessName']) !== null ? 'security' : null
}

/** `source` is in lower case. */
function sensorOfSource(source: string): 'sysmon' | 'security' | null {
  if (source.startsWith('microsoft-windows-sysmon') || source === 'linux-sysmon') return 'sysmon'
  return source === 'security' || source === 'microsoft-windows-security-auditing' ? 'security' : null
}
