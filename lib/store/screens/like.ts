/** Text as a LIKE pattern that finds it anywhere, with nothing in it taken for a wildcard. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
