import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** What a host reports. `security-then-sysmon`: an agent changed over in the middle of the window. */
export type Coverage =
  | 'sysmon'
  | 'sysmon-and-security'
  | 'security'
  | 'security-without-command-lines'
  | 'security-then-sysmon'
  | 'defender'

export type FleetOptions = {
  hosts: number
  days: number
  /** Days since 1970 of the last simulated day. */
  endDayUtc: number
  seed: number
  /** Whether the attack stories run; the benign processes are the same either way. */
  attacks: boolean
  /** Intruders are active from the first day and come back every few days, so that learning sees them; default: the last two thirds, once each. */
  poisoned?: boolean
  /** Hosts that lateral movement reaches within an hour, at least; default: as its story has it. */
  lateralVictims?: number
  /** Whether Sysmon also records what proxy binaries load and reach, and AppLocker what it audits; each follows its process's creation. */
  activity?: boolean
  /** What every host reports, instead of the usual mixture. */
  coverage?: Coverage
  /** Proxy executions on an average host and day, weekends included; default 20. */
  executionsPerHostDay?: number
}

/** What really happened: known to the simulator, never part of the record. */
export type Truth = {
  readonly label: 'benign' | 'attack'
  /** ATT&CK technique id of this step; null for benign processes. */
  readonly technique: string | null
  /** The attack story it belongs to; null for benign processes. */
  readonly story: string | null
  /** The proxy binary that really ran, lower-case, whatever it was renamed to; null for any other program. */
  readonly binary: string | null
}

/** The product whose export the record looks like: winlogbeat 7 documents, or rows of Defender's DeviceProcessEvents. */
type RecordFormat = 'winlogbeat' | 'defender-csv'

export type SimulatedRecord = {
  format: RecordFormat
  /** Fully qualified host name. */
  host: string
  /** When the process started, UTC milliseconds. */
  atMs: number
  /** The record as its format writes it: nested for winlogbeat, one string per column for Defender. */
  fields: JsonObject
  truth: Truth
}
