import type { RawRecord } from '@/lib/pipeline/event/raw-record'
import { isControlEvent, isControlLog, readControl } from './control/read-control'
import { fromDefender, isDefender } from './defender'
import { readEndpoint } from './endpoint/read-endpoint'
import { integer, trimmed } from './field'
import { liftShipped, liftWindowsRecord, unwrap } from './lift'
import { otherEvent } from './other-event'
import { type EventResult, type RecordContext, rejected } from './result'
import { fromSecurity, isReadOfSecurity } from './security'
import { fromSysmon } from './sysmon'
import type { WindowsRecord } from './windows-record'

const UNKNOWN_SHAPE = 'no event id in the record: it is no event of a shape that is known here'

/**
 * What a record says, in one vocabulary: Windows events of Sysmon, the Security log and the controls as EVTX, XML, evtx_dump, winlogbeat (6, 7, Common
 * Schema), nxlog, Log Analytics, Splunk, Event Viewer, PowerShell and flat exports render them, and the events of Defender, CrowdStrike, Velociraptor, osquery and others. Never throws: a record of an unknown shape, or one
 * without a field it cannot do without, is a rejection that names what is missing.
 */
export function toEvent(record: RawRecord, context: RecordContext): EventResult {
  const shipped = liftShipped(record.fields)
  return shipped === null ? fromAny(record, context) : fromWindows(shipped, record, context)
}

function fromAny(record: RawRecord, context: RecordContext): EventResult {
  const fields = unwrap(record.fields)
  const { position } = record
  if (isDefender(fields)) return fromDefender(fields, position, context)
  const lifted = liftWindowsRecord(fields)
  if (lifted !== null) return fromWindows(lifted, record, context)
  return readEndpoint(fields, position, context) ?? rejected(record, UNKNOWN_SHAPE)
}

function fromWindows(given: WindowsRecord, record: RawRecord, context: RecordContext): EventResult {
  const lifted = withTime(given, context)
  const { position } = record
  const recordId = lifted.recordId ?? record.recordId
  const origin = { position, recordId, host: lifted.computer ?? context.defaultHost }
  const sensor = sensorOf(lifted)
  if (sensor === 'sysmon') return fromSysmon(lifted, origin)
  if (sensor === 'security') return fromSecurity(lifted, origin)
  return (
    readControl(lifted, origin) ??
    otherEvent(isControlEvent(lifted) ? 'control-event' : 'other', null, lifted, origin, lifted.created())
  )
}

/**
 * Whether `toEvent` reads more of an event from an event log than System, by System's texts: of logs that are no sensor's and no control's, and of
 * most of the Security log, it only counts the events. Sysmon's own time lies in the data of each.
 */
export function needsData(provider: string, eventId: string, channel: string): boolean {
  const source = (trimmed(provider) ?? trimmed(channel) ?? '').toLowerCase()
  const sensor = sensorOfSource(source)
  if (sensor === 'security') return isReadOfSecurity(integer(eventId))
  return sensor === 'sysmon' || source === '' || isControlLog(source)
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
  const source = (provider ?? record.channel ?? '').toLowerCase()
  if (source !== '') return sensorOfSource(source)
  const { eventId, data } = record
  if (data['UtcTime'] !== undefined) return 'sysmon'
  return eventId === 4688 && data['NewProcessName'] !== undefined ? 'security' : null
}

/** `source` is in lower case. */
function sensorOfSource(source: string): 'sysmon' | 'security' | null {
  if (source.startsWith('microsoft-windows-sysmon') || source === 'linux-sysmon') return 'sysmon'
  return source === 'security' || source === 'microsoft-windows-security-auditing' ? 'security' : null
}
