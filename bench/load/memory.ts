const MINUTE_MS = 60_000
const MB = 1024 * 1024

export type Sample = readonly [ms: number, bytes: number]

/** What a process held, as text. Between collections it holds what nobody needs any more: what it needs shows in its lowest values, third by third. */
export function memoryOf(samples: readonly Sample[]): string {
  const third = Math.ceil(samples.length / 3)
  const thirds = [0, 1, 2].map((index) => samples.slice(index * third, (index + 1) * third))
  const later = samples.slice(third)
  const mb = (pick: typeof Math.min, some: readonly Sample[]) =>
    Math.round(pick(...some.map(([, bytes]) => bytes)) / MB)
  return `least ${thirds.map((some) => mb(Math.min, some)).join(', ')} MB in its thirds, at most ${mb(Math.max, samples)} MB; ${slopePerMinute(later).toFixed(2)} MB a minute after the first third`
}

/** How fast bytes grow over milliseconds, by least squares: megabytes a minute. */
function slopePerMinute(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanMs, meanBytes] = [mean(samples.map(([ms]) => ms)), mean(samples.map(([, bytes]) => bytes))]
  const above = samples.reduce((sum, [ms, bytes]) => sum + (ms - meanMs) * (bytes - meanBytes), 0)
  const below = samples.reduce((sum, [ms]) => sum + (ms - meanMs) ** 2, 0)
  return below === 0 ? 0 : ((above / below) * MINUTE_MS) / MB
}
