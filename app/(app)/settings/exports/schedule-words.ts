import type { Rhythm } from '@/lib/pipeline/export/rhythm'

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

/** '06:00'. */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** "Mondays at 06:00". */
export function rhythmWords({ every, hour, weekday }: Rhythm): string {
  if (every === 'hour') return 'each hour'
  return `${every === 'day' ? 'daily' : `${WEEKDAYS[weekday - 1]}s`} at ${hourWords(hour)}`
}
