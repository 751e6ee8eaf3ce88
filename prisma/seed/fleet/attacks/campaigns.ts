import { HOUR_MS, isWorkday } from '../calendar'
import type { HostDay, Span } from '../host-day'
import { Random } from '../random'
import type { FleetOptions } from '../simulated-record'
import { ATTACK_STORIES } from './stories'
import { type AttackStory, Stage } from './story'

type Campaign = {
  id: string
  story: AttackStory
  /** Earliest day; it waits for suitable victims. */
  dayIndex: number
  startedOn: number | null
  victims: number[]
}

const HOSTS_PER_ROUND = 40
const LATERAL = 'lateral-library'
/** One story beginning on several hosts does so within this time. */
const TOGETHER_MS = HOUR_MS

/** The working days of the last two thirds of the window; every day of it where there are none. */
function attackDays(options: FleetOptions): number[] {
  const firstUtcDay = options.endDayUtc - options.days + 1
  const late: number[] = []
  const from = options.poisoned ? 0 : Math.floor(options.days / 3)
  for (let index = from; index < options.days; index++) late.push(index)
  const working = late.filter((index) => isWorkday(firstUtcDay + index))
  return working.length > 0 ? working : late
}

/** Days after which an intruder who poisons what is learnt comes back. */
const RETURN_DAYS = 5

function widened(story: AttackStory, { lateralVictims = 0 }: FleetOptions): AttackStory {
  return story.name === LATERAL ? { ...story, victims: Math.max(story.victims, lateralVictims) } : story
}

/** Spreads the stories evenly; larger fleets meet each of them more often. */
function plan(options: FleetOptions): Campaign[] {
  const random = new Random(options.seed, 'campaigns')
  const rounds = Math.max(1, Math.round(options.hosts / HOSTS_PER_ROUND))
  const stories = Array.from({ length: rounds }, () => ATTACK_STORIES).flat()
  const shuffled = stories
    .map((story, index) => ({ story, index, key: random.unit() }))
    .sort((a, b) => a.key - b.key)
  const days = attackDays(options)
  return shuffled.map(({ story, index }, place) => ({
    id: `${story.name}/${index}`,
    story: widened(story, options),
    // who poisons what is learnt is there before anything is
    dayIndex: days[options.poisoned ? 0 : Math.floor((place / shuffled.length) * days.length)] ?? 0,
    startedOn: null,
    victims: [],
  }))
}

/** When the story begins on a victim: in the first part of its day, so that there is time to act. */
function beginning(day: HostDay, random: Random): number {
  const span: Span = day.presence.person ?? day.presence.powered
  return span.fromMs + (0.08 + random.unit() * 0.6) * (span.untilMs - span.fromMs)
}

/** The intrusions of a simulation. They draw from their own streams and run after the benign day is laid out. */
export class Campaigns {
  private readonly options: FleetOptions
  private readonly campaigns: Campaign[]
  private readonly attacked = new Set<number>()

  constructor(options: FleetOptions) {
    this.options = options
    this.campaigns = plan(options)
  }

  run(dayIndex: number, lived: readonly HostDay[]): void {
    for (const campaign of this.campaigns) {
      if (dayIndex < campaign.dayIndex) continue
      if (campaign.startedOn === null) this.tryStart(campaign, dayIndex, lived)
      if (campaign.startedOn === null) continue
      const since = dayIndex - campaign.startedOn
      const phase = this.options.poisoned ? since % RETURN_DAYS : since
      if (phase < campaign.story.days) this.perform(campaign, phase, lived)
    }
  }

  private tryStart(campaign: Campaign, dayIndex: number, lived: readonly HostDay[]): void {
    const random = new Random(this.options.seed, 'victims', campaign.id)
    const victims: number[] = []
    let beginMs: number | null = null
    for (let victim = 0; victim < campaign.story.victims; victim++) {
      const suitable = lived.filter(
        (day) =>
          day.host.silentDay !== dayIndex &&
          !victims.includes(day.host.index) &&
          (beginMs === null || (day.isOn(beginMs) && day.isOn(beginMs + TOGETHER_MS))) &&
          campaign.story.suits(day, victim),
      )
      const fresh = suitable.filter((day) => !this.attacked.has(day.host.index))
      const pool = fresh.length > 0 ? fresh : suitable
      const chosen = pool[random.below(pool.length)]
      if (chosen === undefined) break
      victims.push(chosen.host.index)
      beginMs ??= beginning(chosen, this.clock(campaign, 0))
    }
    if (victims.length < Math.min(campaign.story.victims, 2)) return
    campaign.startedOn = dayIndex
    campaign.victims = victims
    for (const victim of victims) this.attacked.add(victim)
  }

  private perform(campaign: Campaign, phase: number, lived: readonly HostDay[]): void {
    const { seed } = this.options
    const days = campaign.victims.map((index) => lived.find((day) => day.host.index === index))
    const victimNames = days.flatMap((day) => (day === undefined ? [] : [day.host.name]))
    const first = days.find((day) => day !== undefined)
    if (first === undefined) return
    const baseMs = beginning(first, this.clock(campaign, phase))
    for (const [victim, day] of days.entries()) {
      const random = new Random(seed, campaign.id, 'stage', phase, victim)
      const beginMs = baseMs + (victim / campaign.victims.length) * TOGETHER_MS * 0.9
      if (!day?.isOn(beginMs)) continue
      const stage = new Stage({
        story: campaign.story,
        day: day.withRandom(random),
        campaign: new Random(seed, campaign.id, 'names'),
        phase,
        victim,
        victimNames,
        beginMs,
      })
      campaign.story.run(stage)
    }
  }

  private clock(campaign: Campaign, phase: number): Random {
    return new Random(this.options.seed, campaign.id, 'begin', phase)
  }
}
