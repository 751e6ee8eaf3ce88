/** Variables whose value is the same on every default installation; the user's own name is already masked. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['comspec', 'c:\\windows\\system32\\cmd.exe'],
  ['windir', 'c:\\windows'],
  ['systemroot', 'c:\\windows'],
  ['systemdrive', 'c:'],
  ['homedrive', 'c:'],
  ['temp', 'c:\\users\\<user>\\appdata\\local\\temp'],
  ['tmp', 'c:\\users\\<user>\\appdata\\local\\temp'],
  ['appdata', 'c:\\users\\<user>\\appdata\\roaming'],
  ['localappdata', 'c:\\users\\<user>\\appdata\\local'],
  ['userprofile', 'c:\\users\\<user>'],
  ['homepath', '\\users\\<user>'],
  ['public', 'c:\\users\\public'],
  ['programfiles', 'c:\\program files'],
  ['programw6432', 'c:\\program files'],
  ['programfiles(x86)', 'c:\\program files (x86)'],
  ['commonprogramfiles', 'c:\\program files\\common files'],
  ['commonprogramw6432', 'c:\\program files\\common files'],
  ['commonprogramfiles(x86)', 'c:\\program files (x86)\\common files'],
  ['programdata', 'c:\\programdata'],
  ['allusersprofile', 'c:\\programdata'],
  ['username', '<user>'],
  ['userdomain', '<domain>'],
  ['computername', '<host>'],
])

const DOUBLED = /%{2,}/g
const REFERENCE = /%([a-z][a-z0-9()_]{2,23})%/g

/** What a variable says on a default installation, lower case, `<user>` for what differs; null = unknown. The name in any case. */
export function defaultValue(name: string): string | null {
  return VARIABLES.get(name.toLowerCase()) ?? null
}

/** Puts known variables in; `%%NAME%%` is the event log's doubling of `%NAME%`. Expects lower case; unknown names stay. */
export function expandVariables(text: string): string {
  if (!text.includes('%')) return text
  return text
    .replace(DOUBLED, '%')
    .replace(REFERENCE, (reference, name: string) => VARIABLES.get(name) ?? reference)
}
