/** 'from 2026-01-05 on', '2026-01-05 to 2026-01-07', '2026-01-05'. */
export function windowText(from: string, to: string | null): string {
  if (to === null) return `from ${from} on`
  return from === to ? from : `${from} to ${to}`
}
