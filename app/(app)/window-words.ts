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

/** The same where the page's address says how far it looks back; '' where that is the page's own, which the other page need not share. */
export function chosenWindowQuery(
  window: { from: string; to: string } | null,
  { filters }: { filters: Readonly<Record<string, readonly string[]>> },
): string {
  return ['days', 'from', 'to'].some((name) => filters[name] !== undefined) ? windowQuery(window) : ''
}
