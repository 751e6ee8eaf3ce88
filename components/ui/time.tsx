'use client'

import { useSyncExternalStore } from 'react'
import { useDisplay } from './display'
import { formatInZone, formatOffset, formatRelative, formatUtc } from './time-format'

const TICK_MS = 30_000
const never = () => () => undefined
const everyTick = (onChange: () => void) => {
  const timer = setInterval(onChange, TICK_MS)
  return () => clearInterval(timer)
}
const roundedNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

/** Whether this runs in a browser that has taken over: only there is its time zone known. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

type TimeProps = {
  /** Microseconds since 1970; null says that nothing is known. */
  at: number | null
}

/** '3 min ago'; the exact UTC (and local time, where that is preferred) on hover. */
export function RelativeTime({ at }: TimeProps) {
  const now = useSyncExternalStore(everyTick, roundedNow, roundedNow)
  const exact = useExact(at)
  if (at === null) return <Unknown />
  return (
    <time dateTime={exact.iso} title={exact.title} suppressHydrationWarning>
      {formatRelative(at, now, exact.zone)}
    </time>
  )
}

/** Date and time in the preferred zone, which is named: to the second, or `exact` as it was stored; the exact UTC on hover. */
export function Timestamp({ at, exact: asStored = false }: TimeProps & { exact?: boolean }) {
  const exact = useExact(at, asStored)
  if (at === null) return <Unknown />
  return (
    <time dateTime={exact.iso} title={exact.title} className="whitespace-nowrap" suppressHydrationWarning>
      {exact.text}
    </time>
  )
}

/** Hour and minute in the preferred zone, of a moment of these hours; the exact UTC on hover. */
export function ClockTime({ at }: { at: number }) {
  const exact = useExact(at)
  return (
    <time dateTime={exact.iso} title={exact.title} suppressHydrationWarning>
      {exact.text.slice('YYYY-MM-DD '.length, 'YYYY-MM-DD hh:mm'.length)}
    </time>
  )
}

/** How long before or after another moment, in µs; when that was on hover, as everywhere. */
export function OffsetTime({ at, since }: { at: number; since: number }) {
  const exact = useExact(at)
  return (
    <time dateTime={exact.iso} title={exact.title} suppressHydrationWarning>
      {formatOffset(at - since)}
    </time>
  )
}

/** The zone that the reader chose, as formats take it: undefined = the browser's. */
function useZone(): string | undefined {
  const { timeZone } = useDisplay()
  const hydrated = useHydrated()
  if (timeZone === 'utc' || (timeZone === 'local' && !hydrated)) return 'UTC'
  return timeZone === 'local' ? undefined : timeZone
}

type Exact = { zone: string | undefined; text: string; title: string; iso: string }

function useExact(at: number | null, asStored = false): Exact {
  const zone = useZone()
  if (at === null) return { zone, text: '', title: '', iso: '' }
  const utc = formatUtc(at)
  const iso = `${utc.slice(0, 10)}T${utc.slice(11, 23)}Z`
  if (zone === 'UTC') return { zone, text: asStored ? utc : `${utc.slice(0, 19)} UTC`, title: utc, iso }
  const title = `${utc}\n${formatInZone(at, zone)}`
  return { zone, text: formatInZone(at, zone, asStored), title, iso }
}

function Unknown() {
  return <span className="text-muted">never</span>
}
