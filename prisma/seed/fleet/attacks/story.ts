import type { HostDay, SpawnOptions } from '../host-day'
import { ADMINISTRATORS } from '../people'
import { type Account, domainAccount, type Process } from '../process'
import type { Program } from '../programs/program'
import { Random } from '../random'

export type AttackStory = {
  name: string
  /** ATT&CK technique id of its main step. */
  technique: string
  /** Hides in expected parents, folders and tools; nothing about the command line alone gives it away. */
  quiet: boolean
  /** On how many consecutive days it acts. */
  days: number
  /** On how many hosts it acts. */
  victims: number
  /** Whether this host on this day can be victim number `victim`. */
  suits: (day: HostDay, victim: number) => boolean
  run: (stage: Stage) => void
}

type StageFacts = {
  story: AttackStory
  day: HostDay
  campaign: Random
  phase: number
  victim: number
  victimNames: readonly string[]
  beginMs: number
}

/** One victim on one day of a story. */
export class Stage {
  readonly day: HostDay
  /** The same stream for every victim and day: names the intruder chose once. */
  readonly campaign: Random
  /** Which day of the story, from 0. */
  readonly phase: number
  readonly victim: number
  readonly victimNames: readonly string[]
  readonly beginMs: number
  private readonly story: AttackStory

  constructor(facts: StageFacts) {
    this.story = facts.story
    this.day = facts.day
    this.campaign = facts.campaign
    this.phase = facts.phase
    this.victim = facts.victim
    this.victimNames = facts.victimNames
    this.beginMs = facts.beginMs
  }

  /** Draws for this victim and day alone. */
  get random(): Random {
    return this.day.random
  }

  /** The administrator whose password was stolen, logged on over the network. */
  stolenAccount(): Account {
    const name = new Random(this.day.seed, this.story.name, 'stolen').pick(ADMINISTRATORS)
    return domainAccount(name, this.random.between(0x80_0000, 0xff_ffff), 'High', 0)
  }

  /** Starts a process that belongs to the story; `afterSeconds` counts from its beginning. */
  act(
    technique: string,
    afterSeconds: number,
    parent: Process,
    program: Program,
    commandLine: string,
    options: SpawnOptions = {},
  ): Process {
    const mark = { technique, story: this.story.name }
    return this.day.spawnMarked(
      mark,
      this.beginMs + afterSeconds * 1_000,
      parent,
      program,
      commandLine,
      options,
    )
  }
}

export const atDesk = (day: HostDay): boolean => day.presence.person !== null
export const onServer = (day: HostDay): boolean => day.host.role === 'server'
export const atDeveloperDesk = (day: HostDay): boolean => atDesk(day) && day.host.role === 'developer'
