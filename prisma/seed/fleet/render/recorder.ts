import { activityOf } from '../activity/activity'
import type { Host } from '../fleet'
import type { Launch, Process } from '../process'
import { Random } from '../random'
import type { Coverage, FleetOptions, SimulatedRecord, Truth } from '../simulated-record'
import { AUDITED, policyRecord, wouldBlockRecord } from './applocker'
import { defenderRecord } from './defender'
import { FileLibrary } from './file-facts'
import { connectionRecord, moduleRecord, queryRecord } from './following'
import { securityRecord } from './security'
import { sysmonRecord } from './sysmon'

type Channel = 'sysmon' | 'security' | 'defender' | 'applocker'

/** Every other host's Sysmon is set to log module loads; every sixth host audits with AppLocker. */
const logsModules = ({ index }: Host) => index % 2 === 0
const audits = ({ index }: Host) => index % 6 === 2

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
    applocker: new Map(),
  }
  private readonly days: number
  private readonly activity: boolean

  constructor(options: FleetOptions) {
    this.days = options.days
    this.activity = options.activity ?? false
  }

  *record(launch: Launch, dayIndex: number): Generator<SimulatedRecord> {
    const { process, truth } = launch
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
    if (this.activity && truth.binary !== null) {
      if (coverage === 'sysmon' || coverage === 'sysmon-and-security') yield* this.follow(launch)
      if (audits(host)) yield* this.audit(launch)
    }
  }

  /** What Sysmon reports of a process after its creation. */
  private *follow({ process, truth }: Launch): Generator<SimulatedRecord> {
    const { host } = process
    const random = new Random('activity', host.machineId, process.sequence)
    const { modules, contacts } = activityOf(process, truth, random)
    const after = { ...truth, binary: null }
    let atMs = process.startMs + 20
    for (const module of logsModules(host) ? modules : []) {
      atMs += random.between(1, 40)
      yield this.document(process, after, moduleRecord(process, module, atMs, this.nextId(host, 'sysmon')))
    }
    for (const contact of contacts) {
      atMs += random.between(50, 4_000)
      if (contact.name !== null)
        yield this.document(process, after, queryRecord(process, contact, atMs, this.nextId(host, 'sysmon')))
      atMs += random.between(5, 60)
      yield this.document(
        process,
        after,
        connectionRecord(process, contact, atMs, this.nextId(host, 'sysmon')),
      )
    }
  }

  /** What AppLocker reports of a process that its audited policy denies. */
  private *audit({ process, truth }: Launch): Generator<SimulatedRecord> {
    const { host } = process
    const after = { ...truth, binary: null }
    if (!this.counters.applocker.has(host.index))
      yield this.document(process, after, policyRecord(host, process.startMs, this.nextId(host, 'applocker')))
    if (AUDITED.has(truth.binary ?? ''))
      yield this.document(
        process,
        after,
        wouldBlockRecord(process, this.nextId(host, 'applocker'), this.files),
      )
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
