import { countOf, formatNumber } from '@/components/ui/numbers'
import type { TakingBack } from '@/lib/store/screens/jobs'

/** How far it is; `state` is the upload's. What failed says so itself. */
export function takingBackWords(state: string, { state: job, done, days }: TakingBack): string {
  if (state === 'taken-back')
    return job === 'done'
      ? 'What it brought is gone, and days that it changed are computed anew.'
      : 'What it brought is gone; what was derived of it follows.'
  if (days === 0) return 'Taking back begins in a moment.'
  return `Taking back: ${formatNumber(done)} of ${countOf(days, 'day of hosts', 'days of hosts')} ${days === 1 ? 'is' : 'are'} done.`
}
