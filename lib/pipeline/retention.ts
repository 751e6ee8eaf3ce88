import { addDays } from './days'

/** The first day that is kept when a number of whole months is, besides the present one: 2026-03-15 and 2 → 2026-01-01. Days are 'YYYY-MM-DD', UTC. */
export function firstKeptDay(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

/** The first day whose original records are kept. */
export function firstRecordDay(today: string, days: number): string {
  return addDays(today, -days)
}
