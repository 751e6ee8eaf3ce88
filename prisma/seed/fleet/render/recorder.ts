import type { Host } from '../fleet'
import type { Launch, Process } from '../process'
import type { Coverage, FleetOptions, SimulatedRecord, Truth } from '../simulated-record'
import { defenderRecord } from './defender'
import { FileLibrary } from './file-facts'
import { securityRecord } from './security'
import { sysmonRecord } from './sysmon'

type Channel = 'sysmon' | 'security' | 'defender'

/** What a coverage means on a given day. */
function effective(
  coverage: Coverage,
  dayIndex: number,
  days: number,
): Exclude<Coverage, 'security-then-sysmon'> {
  if (coverage !== 'security-then-sysmon') return coverage
  return dayIndex < days / 2 ? 'security' : 'sysmon'
}

/** Turns launches into the records that each host's sensors would write; the only place that knows of coverage. */
export class Recorder {
  private readonly files = new FileLibrary()
  private readonly counters: Record<Channel, Map<number, number>> = {
    sysmon: new Map(),
    security: new Map(),
    defender: new Map(),
  }
  private readonly days: number

  constructor(options: FleetOptions) {
    this.days = options.days
  }

  *record({ process, truth }: Launch, dayIndex: number): Generator<SimulatedRecord> {
    const { host } = process
    if (host.silentDay === dayIndex) return
    const coverage = effective(host.coverage, dayIndex, this.days)
    if (coverage === 'defender') {
      const fields = defenderRecord(process, this.nextId(host, 'defender'), this.files)
      yield { format: 'defender-csv', host: host.name, atMs: process.startMs, fields, truth }
      return
    }
    if (coverage === 'sysmon' || coverage === 'sysmon-and-security') {
      yield this.document(process, truth, sysmonRecord(process, this.nextId(host, 'sysmon'), this.files))
    }
    if (coverage !== 'sysmon') {
      const withCommandLine = coverage !== 'security-without-command-lines'
      yield this.document(
        process,
        truth,
        securityRecord(process, this.nextId(host, 'security'), withCommandLine),
      )
    }
  }

  private document(process: Process, truth: Truth, fields: SimulatedRecord['fields']): SimulatedRecord {
    return { format: 'winlogbeat', host: process.host.name, atMs: process.startMs, fields, truth }
  }

  private nextId(host: Host, channel: Channel): number {
    const counters = this.counters[channel]
    const next = (counters.get(host.index) ?? (host.machineId % 90_000) + 10_000) + 1
    counters.set(host.index, next)
    return next
  }
}
