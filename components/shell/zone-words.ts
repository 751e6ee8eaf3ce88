/** 'America/St_Johns' → 'America/St Johns' */
export function zoneName(timeZone: string): string {
  if (timeZone === 'utc') return 'UTC'
  return timeZone === 'local' ? 'this browser’s time zone' : timeZone.replaceAll('_', ' ')
}

/** Where there is little room: the city. */
export function zoneLabel(timeZone: string): string {
  if (timeZone === 'local') return 'Local'
  return zoneName(timeZone).split('/').at(-1) ?? ''
}
