/** What the telemetry says, in one vocabulary, whatever product said it. A field that a source does not report is null. */

/** UTC microseconds since 1970 as an integer (exact until the year 2255), and the 100 ns digit kept beside it. */
export type EventTime = { us: number; tick: number }

/**
 * Where a printed time came from: the record's own UTC field, the log's creation time,
 * or a creation time repaired because the record itself proves the exporter's shift.
 */
export type TimeSource = 'utc-time' | 'time-created' | 'repaired'

/** The sensor that wrote the record; bit positions in coverage and correlation order (sysmon wins). */
export const SENSORS = ['sysmon', 'security', 'defender'] as const
export type Sensor = (typeof SENSORS)[number]

export type Hashes = {
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
}

type Common = {
  /** Identity of the record, independent of its host: hashed into the row id. See docs/decisions and data design. */
  recordKey: string
  /** Host name as printed, trimmed; null where the format carries none. */
  host: string | null
  time: EventTime
  timeSource: TimeSource
  recordId: string | null
  position: number
}

export type ProcessCreation = Common & {
  kind: 'process-creation'
  sensor: Sensor
  pid: number | null
  parentPid: number | null
  /** Lower-case, without braces. */
  processGuid: string | null
  parentProcessGuid: string | null
  image: string
  commandLine: string | null
  currentDirectory: string | null
  originalFileName: string | null
  parentImage: string | null
  parentCommandLine: string | null
  grandparentImage: string | null
  /** DOMAIN\name as printed. */
  user: string | null
  userSid: string | null
  /** low | medium | high | system as the source says, lower-case. */
  integrityLevel: string | null
  /** Lower-case hexadecimal without 0x. */
  logonId: string | null
  hashes: Hashes | null
  signer: string | null
}

/** Kinds that are recognised and counted but not yet stored. */
export const OTHER_KINDS = [
  'module-load',
  'network-connection',
  'dns-query',
  'process-end',
  'file-create',
  'control-event',
  'other',
] as const
/** `sensor` is null for logs that are no sensor: a control's, PowerShell's … */
export type OtherEvent = Common & { kind: (typeof OTHER_KINDS)[number]; sensor: Sensor | null }

export type CordonEvent = ProcessCreation | OtherEvent
