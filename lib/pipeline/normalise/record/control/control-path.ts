/** AppLocker's own abbreviations (%SYSTEM32% stands for SysWOW64 too), where they differ from environment variables. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['%system32%', 'C:\\Windows\\System32'],
  ['%windir%', 'C:\\Windows'],
  ['%osdrive%', 'C:'],
  ['%programfiles%', 'C:\\Program Files'],
])

/** A control's path as other logs print it, as far as it can be told: to recognise the file by. */
export function spelledOut(path: string): string {
  const [, abbreviation = ''] = /^(%[a-z0-9]{1,16}%)/i.exec(path) ?? []
  const folder = ABBREVIATIONS.get(abbreviation.toLowerCase())
  return folder === undefined ? path : `${folder}${path.slice(abbreviation.length)}`
}
