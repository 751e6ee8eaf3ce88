import type { ImportSummary } from './import-paths'

/** What `npm run import` ends with; its --help explains the numbers. */
export function exitCodeOf({ state, files, totals }: ImportSummary, strict: boolean): number {
  if (state === 'interrupted') return 130
  if (state === 'cancelled') return 3
  if (!files.some((file) => file.state === 'done')) return 1
  const rejected =
    totals.rejected + totals.damaged + totals.filesRejected > 0 || files.some(({ error }) => error !== null)
  return strict && rejected ? 2 : 0
}
