import { z } from 'zod'

/** How a person likes to read; kept with the account. */
const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  /** 'local' is the browser's; else a name of the IANA database. */
  timeZone: z.string().max(64).refine(isTimeZone).catch('utc'),
})
export type Preferences = z.output<typeof Preferences>

export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', density: 'comfortable', timeZone: 'utc' }

function isTimeZone(name: string): boolean {
  if (name === 'utc' || name === 'local') return true
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** Stored or submitted preferences; what is missing or unknown takes its default. */
export function parsePreferences(value: unknown): Preferences {
  const read = Preferences.safeParse(value)
  return read.success ? read.data : DEFAULT_PREFERENCES
}
