import type { Interrupting } from './gather-facets'
import { KindPlaces } from './packed-use'

/**
 * The days of all of a binary's use by one account on one host, in `packed` from `from` to `end`: for each kind its id (8 bytes) and its number of days (2), for
 * each of them the day since 1970 (2) and the executions (4), big-endian. It is gone when the next is read.
 */
export type PackedDays = {
  hostId: number
  /** '0' = not reported. */
  principalId: string
  packed: DataView
  from: number
  end: number
}

const [COUNT_AT, DAYS_AT] = [8, 10]
const [DAY_BYTES, EXECUTIONS_AT] = [6, 2]

/** Days since 1970, both included. */
export type Period = { first: number; last: number }
export const EVER: Period = { first: -32_768, last: 32_767 }
/** How often a kind ran in a period, on how many days, and the last of them. */
export type Ran = { executions: number; days: number; lastDay: number }

/** Tells of each kind that ran in a period its id's halves, and how often; what is told is gone with the next. */
export function eachKindOfDays(
  { packed, from, end }: PackedDays,
  { first, last }: Period,
  take: (high: number, low: number, ran: Ran) => void,
): void {
  const ran: Ran = { executions: 0, days: 0, lastDay: 0 }
  for (let at = from; at < end; ) {
    const next = nextKind(packed, at)
    ran.executions = 0
    ran.days = 0
    for (let day = at + DAYS_AT; day < next; day += DAY_BYTES) {
      const number = packed.getInt16(day)
      if (number < first || number > last) continue
      ran.executions += packed.getInt32(day + EXECUTIONS_AT)
      ran.days++
      ran.lastDay = number
    }
    if (ran.days > 0) take(packed.getInt32(at), packed.getInt32(at + 4), ran)
    at = next
  }
}

/** Tells of each day of a period on which a kind ran, once for each kind that did. */
export function eachDay(
  { packed, from, end }: PackedDays,
  { first, last }: Period,
  take: (day: number) => void,
): void {
  for (let at = from; at < end; ) {
    const next = nextKind(packed, at)
    for (let day = at + DAYS_AT; day < next; day += DAY_BYTES) {
      const number = packed.getInt16(day)
      if (number >= first && number <= last) take(number)
    }
    at = next
  }
}

/** Adds up executions by day, since 1970, of kinds by their ids, null = all; what was added up is told the oldest first. */
export function gatherByDay(kindIds: readonly string[] | null, { first, last }: Period) {
  const places = kindIds && new KindPlaces(kindIds)
  const byDay = new Float64Array(EVER.last - EVER.first + 1)
  return {
    take: ({ packed, from, end }: PackedDays): void => {
      for (let at = from; at < end; ) {
        const next = nextKind(packed, at)
        if (places === null || places.find(packed.getInt32(at), packed.getInt32(at + 4)) >= 0)
          for (let day = at + DAYS_AT; day < next; day += DAY_BYTES) {
            const place = packed.getInt16(day) - EVER.first
            byDay[place] = (byDay[place] ?? 0) + packed.getInt32(day + EXECUTIONS_AT)
          }
        at = next
      }
    },
    byDay: (): { day: number; executions: number }[] =>
      Array.from(byDay, (executions, place) => ({ day: place + EVER.first, executions })).filter(
        ({ day, executions }) => executions > 0 && day >= first && day <= last,
      ),
  }
}

function nextKind(packed: DataView, at: number): number {
  return at + DAYS_AT + packed.getInt16(at + COUNT_AT) * DAY_BYTES
}

/**
 * Adds up by day, since 1970, what exceptions for hosts and accounts spare of what the first plan would else interrupt; `ofGroups`: what exceptions for groups
 * say of them, which spare all of their hosts' use already. The kinds are those of the input, by id.
 */
export function gatherSparedDays(
  input: Interrupting,
  kindIds: readonly string[],
  ofGroups: ReadonlyMap<number, number>,
): { take: (days: PackedDays) => void; byDay: ReadonlyMap<number, number> } {
  const { kinds, hosts, people, expressible } = input
  const places = new KindPlaces(kindIds)
  const interrupts = kinds.bits.map(
    (bits, at) => ((kinds.stopped[at] ?? 0) & 1) === 1 && (bits & expressible) === 0,
  )
  const byDay = new Map<number, number>()
  const isSpared = ({ hostId, principalId }: PackedDays) => {
    const host = hosts.get(hostId)
    if (host === undefined || ((ofGroups.get(host.groupId) ?? 0) & expressible) !== 0) return false
    return ((host.bits | (people.get(principalId) ?? 0)) & expressible) !== 0
  }
  return {
    byDay,
    take: (use) => {
      if (!isSpared(use)) return
      const { packed, end } = use
      for (let at = use.from; at < end; ) {
        const kind = places.find(packed.getInt32(at), packed.getInt32(at + 4))
        const next = nextKind(packed, at)
        if (interrupts[kind] === true)
          for (let day = at + DAYS_AT; day < next; day += DAY_BYTES) {
            const number = packed.getInt16(day)
            byDay.set(number, (byDay.get(number) ?? 0) + packed.getInt32(day + EXECUTIONS_AT))
          }
        at = next
      }
    },
  }
}
