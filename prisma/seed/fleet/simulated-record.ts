import type { JsonObject } from '@/lib/pipeline/event/raw-record'

export type FleetOptions = {
  hosts: number
  days: number
  /** Days since 1970 of the last simulated day. */
  endDayUtc: number
  seed: number
  /** Whether the attack stories run; the benign processes are the same either way. */
  attacks: boolean
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
