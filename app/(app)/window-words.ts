/** 'Counts are from 2026-01-01 to 2026-01-30.' */
export function windowWords(window: { from: string; to: string } | null): string {
  return window === null
    ? 'No telemetry has been imported yet.'
    : `Counts are from ${window.from} to ${window.to}.`
}

/** `&from=…&to=…` for links to what was counted. */
export function windowQuery(window: { from: string; to: string } | null): string {
  return window === null ? '' : `&from=${window.from}&to=${window.to}`
}
