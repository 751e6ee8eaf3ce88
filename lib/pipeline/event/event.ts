/** What the telemetry says, in one vocabulary, whatever product said it. A field that a source does not report is null. */

/** UTC microseconds since 1970 as an integer (exact until the year 2255), and the 100 ns digit kept beside it. */
export type EventTime = { us: number; tick: number }

/**
 * Where a printed time came from: the record's own UTC field, the log's creation time, a creation time repaired because the record itself proves the
 * exporter's shift, or a local time kept as printed because nothing says in which zone. What is stored is the place in this list.
 */
export const TIME_SOURCES = ['utc-time', 'time-created', 'repaired', 'zone-unknown'] as const
export type TimeSource = (typeof TIME_SOURCES)[number]

/**
 * The sensor that wrote the record: bit positions in coverage, and the order in which records of one process are believed (Sysmon first). New ones are
 * appended: what is stored is the place in this list. `edr`: a product that has no place of its own here.
 */
export const SENSORS = [
  'sysmon',
  'security',
  'defender',
  'crowdstrike',
  'velociraptor',
  'osquery',
  'edr',
] as const
export type Sensor = (typeof SENSORS)[number]

export type Hashes = {
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
}

type Common = Counted & {
  /** Identity of the record, independent of its host: hashed into the row id. See docs/decisions and data design. */
  recordKey: string
}

type Counted = {
  /** Host name as printed, trimmed; null where the format carries none. */
  host: string | null
  time: EventTime
  timeSource: TimeSource
  /** Seconds from the record's own UTC to the log's creation time, where both are there and a minute or more apart. */
  shiftSeconds?: number
  recordId: string | null
  position: number
}

export type ProcessCreation = Common & {
  kind: 'process-creation'
  /** The identity that releases before gave the record, where it was another: it may be stored by that. */
  formerKey?: string
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

/** The process that an event is about, as far as the record names it. */
export type Acting = {
  pid: number | null
  /** Lower-case, without braces. */
  processGuid: string | null
  /** As printed: a path, of the Security log's network events one of a device. */
  image: string | null
}

export type ModuleLoad = Common &
  Acting & {
    kind: 'module-load'
    sensor: Sensor
    /** Path of the loaded file. */
    module: string
    originalFileName: string | null
    hashes: Hashes | null
    signed: boolean | null
    signer: string | null
    /** As the source says, lower-case: valid, unavailable, expired … */
    signatureStatus: string | null
  }

export type NetworkConnection = Common &
  Acting & {
    kind: 'network-connection'
    sensor: Sensor
    /** tcp, udp, icmp, or the protocol's number; lower-case. */
    protocol: string | null
    /** Whether the process opened it; false where it was accepted. */
    initiated: boolean | null
    sourceIp: string | null
    sourcePort: number | null
    destinationIp: string | null
    destinationHost: string | null
    destinationPort: number | null
    outcome: 'allowed' | 'blocked'
  }

export type DnsQuery = Common &
  Acting & {
    kind: 'dns-query'
    sensor: Sensor
    /** Lower-case, without the final dot. */
    query: string
    /** Addresses and names as printed; empty where the query failed. */
    results: readonly string[]
  }

export type ProcessEnd = Common & Acting & { kind: 'process-end'; sensor: Sensor }

/** What a process does after its start; positions are stored: append only. */
export const FOLLOWING_KINDS = ['module-load', 'network-connection', 'dns-query', 'process-end'] as const
export type FollowingEvent = ModuleLoad | NetworkConnection | DnsQuery | ProcessEnd

/** Kinds whose arrival says what a host reports; positions are stored: append only. */
export const TELEMETRY_KINDS = [...FOLLOWING_KINDS, 'attempt', 'policy-state', 'process-creation'] as const
export type TelemetryKind = (typeof TELEMETRY_KINDS)[number]

/** What can stop a proxy binary. */
export const CONTROLS = ['applocker', 'app-control', 'asr', 'firewall'] as const
export type Control = (typeof CONTROLS)[number]

/** What a control did, or would have done were it not auditing; `warned`: the user was asked, and went on. */
export const OUTCOMES = ['allowed', 'would-block', 'blocked', 'warned'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A control's word on a file that was about to run. */
export type Attempt = Common & {
  kind: 'attempt'
  sensor: null
  control: Control
  outcome: Outcome
  /** The rule that decided: AppLocker's rule, the attack surface reduction rule's GUID. */
  ruleId: string | null
  ruleName: string | null
  policyId: string | null
  /** The policy, of AppLocker the rule collection: EXE, DLL, MSI, SCRIPT. */
  policyName: string | null
  /** The file in question. */
  filePath: string
  originalFileName: string | null
  signer: string | null
  /** SHA-256 as the control computes it: over the signed part (Authenticode), so it is not Sysmon's. */
  fileHash: string | null
  commandLine: string | null
  /** Where a connection was to lead: address, port, protocol. */
  destination: string | null
  pid: number | null
  /** The process that wanted it. */
  parentImage: string | null
  parentCommandLine: string | null
  user: string | null
  userSid: string | null
}

/** A control's policy reached a host or was changed there. */
export type PolicyState = Common & {
  kind: 'policy-state'
  sensor: null
  control: Control
  state: 'applied' | 'changed'
  policyId: string | null
  policyName: string | null
  /** What changed, as printed. */
  detail: string | null
}

/** Kinds that are recognised and counted only: no record of them is kept, so none has an identity. */
export const OTHER_KINDS = ['file-create', 'control-event', 'other'] as const
/** `sensor` is null for logs that are no sensor: a control's, PowerShell's … */
export type OtherEvent = Counted & { kind: (typeof OTHER_KINDS)[number]; sensor: Sensor | null }

export type CordonEvent =
  | ProcessCreation
  | ModuleLoad
  | NetworkConnection
  | DnsQuery
  | ProcessEnd
  | Attempt
  | PolicyState
  | OtherEvent
