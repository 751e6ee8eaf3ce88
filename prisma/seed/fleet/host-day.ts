import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar'
import type { Host } from './fleet'
import type { Machine } from './machine'
import { type Account, elevated, type Launch, type Process } from './process'
import type { Program } from './programs/program'
import { proxyBinaryOf } from './programs/proxies'
import type { Random } from './random'
import type { Truth } from './simulated-record'

/** A span of time in UTC milliseconds. */
export type Span = { fromMs: number; untilMs: number }

/** When the computer runs and when its person sits at it; null: not this day. */
export type Presence = { powered: Span; person: Span | null; boots: boolean }

export type SpawnOptions = { account?: Account; currentDirectory?: string }

/** An attack step's mark on the processes it starts; null marks them benign. */
type Mark = { technique: string; story: string } | null

type DayFacts = {
  machine: Machine
  /** The fleet's seed: for what all hosts share, as a release. */
  seed: number
  utcDay: number
  dayIndex: number
  presence: Presence
  /** How busy the fleet is beside its natural rate of 1. */
  rate: number
  launches: Launch[]
}

/** One host on one day, as a behaviour sees it: who is there, what runs, and a way to start processes. */
export class HostDay {
  readonly random: Random
  private readonly shared: DayFacts

  constructor(shared: DayFacts, random: Random) {
    this.shared = shared
    this.random = random
  }

  get host(): Host {
    return this.shared.machine.host
  }
  get machine(): Machine {
    return this.shared.machine
  }
  get seed(): number {
    return this.shared.seed
  }
  get rate(): number {
    return this.shared.rate
  }
  get utcDay(): number {
    return this.shared.utcDay
  }
  get dayIndex(): number {
    return this.shared.dayIndex
  }
  get presence(): Presence {
    return this.shared.presence
  }
  /** The person's desktop. */
  get shell(): Process {
    return this.shared.machine.shell
  }
  /** The person's account name. */
  get person(): string {
    return this.shell.account.name
  }
  /** The person's session with administrator rights. */
  get elevatedAccount(): Account {
    return elevated(this.shell.account)
  }
  get startMs(): number {
    return this.shared.utcDay * DAY_MS
  }

  /** The same day drawing from another stream. */
  withRandom(random: Random): HostDay {
    return new HostDay(this.shared, random)
  }

  /** A moment by the local clock within this UTC day, up to `jitterMinutes` late. */
  localTime(hour: number, jitterMinutes: number): number {
    const sinceMidnight = hour * HOUR_MS - this.host.offsetMinutes * MINUTE_MS
    return (
      this.startMs + ((sinceMidnight + DAY_MS) % DAY_MS) + this.random.below(jitterMinutes * MINUTE_MS + 1)
    )
  }

  isOn(atMs: number): boolean {
    const { powered } = this.shared.presence
    return atMs >= powered.fromMs && atMs < powered.untilMs
  }

  anytime(): number {
    return this.within(this.shared.presence.powered)
  }

  within(span: Span): number {
    return span.fromMs + this.random.unit() * (span.untilMs - span.fromMs)
  }

  /** Runs `act` about `mean` times while the computer is on. */
  throughTheDay(mean: number, act: (atMs: number) => void): void {
    const { powered } = this.shared.presence
    const share = (powered.untilMs - powered.fromMs) / DAY_MS
    for (let left = this.random.count(mean * share * this.shared.rate); left > 0; left--) act(this.anytime())
  }

  /** Runs `act` about `mean` times while the person is there; not at all when nobody is. */
  whilePresent(mean: number, act: (atMs: number) => void): void {
    const { person } = this.shared.presence
    if (person === null) return
    for (let left = this.random.count(mean * this.shared.rate); left > 0; left--) act(this.within(person))
  }

  /** Starts a process and reports it; as its parent's account unless told. */
  spawn(
    atMs: number,
    parent: Process,
    program: Program,
    commandLine: string,
    options: SpawnOptions = {},
  ): Process {
    return this.spawnMarked(null, atMs, parent, program, commandLine, options)
  }

  /** As `spawn`, with the truth about it. */
  spawnMarked(
    mark: Mark,
    atMs: number,
    parent: Process,
    program: Program,
    commandLine: string,
    options: SpawnOptions = {},
  ): Process {
    const account = options.account ?? parent.account
    const process = this.machine.start(
      { atMs, parent, program, commandLine, account, ...options },
      this.random,
    )
    this.shared.launches.push({ process, truth: truthOf(program, mark) })
    return process
  }

  /** Reports processes that the machine started by itself. */
  report(processes: readonly Process[]): void {
    for (const process of processes)
      this.shared.launches.push({ process, truth: truthOf(process.program, null) })
  }
}

const benignTruths = new Map<string | null, Truth>()

/** Benign truths are shared: there are few of them and many records. */
function benignTruth(binary: string | null): Truth {
  const known = benignTruths.get(binary)
  if (known !== undefined) return known
  const truth: Truth = { label: 'benign', technique: null, story: null, binary }
  benignTruths.set(binary, truth)
  return truth
}

function truthOf(program: Program, mark: Mark): Truth {
  const binary = proxyBinaryOf(program)
  return mark === null ? benignTruth(binary) : { label: 'attack', ...mark, binary }
}
