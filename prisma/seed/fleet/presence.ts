import { DAY_MS, daysSincePatchTuesday, HOUR_MS, isWorkday, MINUTE_MS } from './calendar'
import type { Host } from './fleet'
import type { Presence } from './host-day'
import type { Random } from './random'

const NEVER_OFF = new Set(['server', 'domain-controller'])

function serverPresence(host: Host, utcDay: number, random: Random): Presence {
  const from = utcDay * DAY_MS
  const boots = daysSincePatchTuesday(utcDay) === host.ringDays + (host.index % 2)
  const bootMs = from + random.between(5, 40) * MINUTE_MS
  return { powered: { fromMs: boots ? bootMs : from, untilMs: from + DAY_MS }, person: null, boots }
}

/**
 * Office hours by the host's own clock on working days, rarely at weekends; computers are mostly shut down overnight.
 * null: switched off all day. Servers never are, and restart once a month after servicing.
 */
export function presenceOf(host: Host, utcDay: number, random: Random): Presence | null {
  if (NEVER_OFF.has(host.role)) return serverPresence(host, utcDay, random)
  const dayMs = utcDay * DAY_MS
  const whole = { fromMs: dayMs, untilMs: dayMs + DAY_MS }
  const there = random.chance(isWorkday(utcDay) ? 0.93 : 0.05)
  if (!there) return random.chance(0.25) ? { powered: whole, person: null, boots: false } : null
  const arriveHour = 7 + random.unit() * 2.4
  const arriveMs = dayMs + arriveHour * HOUR_MS - host.offsetMinutes * MINUTE_MS
  const leaveMs = Math.min(arriveMs + (7.5 + random.unit() * 2.5) * HOUR_MS, whole.untilMs - MINUTE_MS)
  const person = { fromMs: arriveMs, untilMs: leaveMs }
  if (random.chance(0.3)) return { powered: whole, person, boots: false }
  const powered = { fromMs: arriveMs - 90_000, untilMs: Math.min(leaveMs + 20 * MINUTE_MS, whole.untilMs) }
  return { powered, person, boots: true }
}
