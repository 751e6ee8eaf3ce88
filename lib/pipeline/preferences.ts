import { z } from 'zod'

/** How a person likes to read; kept with the account. */
const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  timeZone: z.enum(['utc', 'local']).catch('utc'),
})
export type Preferences = z.output<typeof Preferences>

export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', density: 'comfortable', timeZone: 'utc' }

/** Stored or submitted preferences; what is missing or unknown takes its default. */
export function parsePreferences(value: unknown): Preferences {
  const read = Preferences.safeParse(value)
  return read.success ? read.data : DEFAULT_PREFERENCES
}
