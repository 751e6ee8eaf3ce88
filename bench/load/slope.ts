const MINUTE_MS = 60_000
const MB = 1024 * 1024

/** How fast bytes grow over milliseconds, by least squares: megabytes a minute. */
export function slopePerMinute(samples: readonly (readonly [ms: number, bytes: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanMs, meanBytes] = [mean(samples.map(([ms]) => ms)), mean(samples.map(([, bytes]) => bytes))]
  const above = samples.reduce((sum, [ms, bytes]) => sum + (ms - meanMs) * (bytes - meanBytes), 0)
  const below = samples.reduce((sum, [ms]) => sum + (ms - meanMs) ** 2, 0)
  return below === 0 ? 0 : ((above / below) * MINUTE_MS) / MB
}
