/** How often a scheduled export is made; UTC. */
export const RHYTHMS = ['hour', 'day', 'week'] as const

export type Rhythm = {
  every: (typeof RHYTHMS)[number]
  /** 0–23; not looked at hourly. */
  hour: number
  /** 1 = Monday; looked at weekly. */
  weekday: number
}

const HOUR_US = 3_600_000_000
const DAY_US = 24 * HOUR_US
const LENGTH: Readonly<Record<Rhythm['every'], number>> = { hour: HOUR_US, day: DAY_US, week: 7 * DAY_US }
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4

/** The last time at or before `us` that is due, µs since 1970. */
export function lastDue(rhythm: Rhythm, us: number): number {
  const { every, hour, weekday } = rhythm
  const start =
    every === 'hour' ? 0 : hour * HOUR_US + (every === 'week' ? (weekday - FIRST_WEEKDAY) * DAY_US : 0)
  return Math.floor((us - start) / LENGTH[every]) * LENGTH[every] + start
}

/** The first time after `us` that is due. */
export function nextDue(rhythm: Rhythm, us: number): number {
  return lastDue(rhythm, us) + LENGTH[rhythm.every]
}
