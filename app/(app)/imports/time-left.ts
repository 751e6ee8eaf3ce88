/** How far something was at a moment, both ever growing. */
export type Sample = { atMs: number; done: number }

/** Less says nothing about the speed. */
const MIN_SPAN_MS = 2_000
/** Older samples are of another speed. */
const MAX_SPAN_MS = 60_000

/** The samples to keep once a new one is there: what stood still or went back begins anew. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1)
  if (last !== undefined && sample.done < last.done) return [sample]
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= MAX_SPAN_MS), sample]
}

/** Seconds left until `total` at the speed of the samples; null while that is not known. */
export function secondsLeft(samples: readonly Sample[], total: number): number | null {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return null
  const span = last.atMs - first.atMs
  const gained = last.done - first.done
  if (span < MIN_SPAN_MS || gained <= 0) return null
  return Math.max(0, (((total - last.done) / gained) * span) / 1000)
}

/** '40 s', '3 min', '2 h 5 min': no more exact than it can be. */
export function leftWords(seconds: number): string {
  if (seconds < 1) return 'almost done'
  if (seconds < 60) return `${Math.ceil(seconds)} s left`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes} min left`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`
}
