/** By how much, in seconds, creation times of a host's logs lie off the records' own UTC. */
export type ClockShift = { least: number; greatest: number }

/** What is known of a clock that is off, as a sentence. */
export function shiftWords({ least, greatest }: ClockShift): string {
  const range =
    least === greatest ? shiftText(least) : `between ${shiftText(least)} and ${shiftText(greatest)}`
  return `Clock: creation times of its logs lie ${range} from the records’ own UTC, which is used: a clock that is off, an exporter’s time zone, or records that were written late.`
}

/** '+2:00 h' */
export function shiftText(seconds: number): string {
  const size = Math.abs(seconds)
  const text = `${Math.floor(size / 3600)}:${String(Math.floor(size / 60) % 60).padStart(2, '0')} h`
  return `${seconds < 0 ? '−' : '+'}${text}`
}
