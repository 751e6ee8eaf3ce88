import { Campaigns } from './attacks/campaigns'
import { BEHAVIOURS } from './behaviours/roster'
import { DAY_MS, HOUR_MS } from './calendar'
import { buildFleet, type Host } from './fleet'
import { HostDay } from './host-day'
import { Machine } from './machine'
import { presenceOf } from './presence'
import type { Launch } from './process'
import { Random } from './random'
import { Recorder } from './render/recorder'
import type { FleetOptions, SimulatedRecord } from './simulated-record'

/** Measured on fleets of 40 to 200 hosts: what a host and day brings however busy it is, and what grows with the rate. */
const STEADY_EXECUTIONS = 4.5
const SCALED_EXECUTIONS = 14
const DEFAULT_EXECUTIONS = 20
const LEAST_RATE = 0.05

function rateFor(executionsPerHostDay: number): number {
  return Math.max(LEAST_RATE, (executionsPerHostDay - STEADY_EXECUTIONS) / SCALED_EXECUTIONS)
}

/** The fleet on its way through the days: computers keep their state from one to the next. */
class Fleet {
  private readonly options: FleetOptions
  private readonly hosts: Host[]
  private readonly machines = new Map<Host, Machine>()
  private readonly rate: number

  constructor(options: FleetOptions) {
    this.options = options
    this.hosts = buildFleet(options)
    this.rate = rateFor(options.executionsPerHostDay ?? DEFAULT_EXECUTIONS)
  }

  /** Runs every host's benign day; returns the hosts that were on. */
  liveDay(dayIndex: number, launches: Launch[]): HostDay[] {
    const utcDay = this.options.endDayUtc - this.options.days + 1 + dayIndex
    const lived: HostDay[] = []
    for (const host of this.hosts) {
      if (dayIndex < host.joinedDay) continue
      const day = this.hostDay(host, dayIndex, utcDay, launches)
      if (day === null) continue
      lived.push(day)
      for (const behaviour of BEHAVIOURS) {
        if (!behaviour.runsOn(host)) continue
        behaviour.run(day.withRandom(new Random(this.options.seed, behaviour.name, host.index, utcDay)))
      }
    }
    return lived
  }

  private hostDay(host: Host, dayIndex: number, utcDay: number, launches: Launch[]): HostDay | null {
    const { seed } = this.options
    const random = new Random(seed, 'presence', host.index, utcDay)
    const presence = presenceOf(host, utcDay, random)
    if (presence === null) return null
    const machine =
      this.machines.get(host) ?? new Machine(host, dayIndex, utcDay * DAY_MS - 14 * HOUR_MS, random)
    this.machines.set(host, machine)
    return new HostDay({ machine, seed, utcDay, dayIndex, presence, rate: this.rate, launches }, random)
  }
}

/**
 * A fleet's process creations as its sensors would record them, in order of time. Pure and repeatable: the same
 * options give the same records. Holds one day of the fleet in memory at a time.
 */
export function* simulateFleet(options: FleetOptions): Generator<SimulatedRecord> {
  const fleet = new Fleet(options)
  const campaigns = options.attacks ? new Campaigns(options) : null
  const recorder = new Recorder(options)
  let launches: Launch[] = []
  for (let dayIndex = 0; dayIndex < options.days; dayIndex++) {
    const lived = fleet.liveDay(dayIndex, launches)
    campaigns?.run(dayIndex, lived)
    launches.sort((a, b) => a.process.startMs - b.process.startMs)
    const endMs = (options.endDayUtc - options.days + 2 + dayIndex) * DAY_MS
    const overnight: Launch[] = []
    for (const launch of launches) {
      if (launch.process.startMs < endMs) yield* recorder.record(launch, dayIndex)
      else overnight.push(launch)
    }
    launches = overnight
  }
}
