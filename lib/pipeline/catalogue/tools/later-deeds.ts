import { GUARDS } from './guards'
import { BACKUPS_DELETED, HIVES_COPIED } from './proxying-use'
import type { DocumentedUse, RiskFact } from './tool-use'

const ACCOUNTS_ADDED: readonly DocumentedUse[] = [
  { when: /^(?:users?|localgroup|group)\s.{0,256}\s?\/add\b/, fact: 'persists' },
]
const DIRECTORY_COPIED: readonly DocumentedUse[] = [{ when: /\bifm\b/, fact: 'copies-secrets' }]

/** Commands of Windows' own programs that destroy, blind or let in by themselves (ATT&CK T1490, T1070.001, T1136.001, T1003.002). By the program's name, on its cleaned words. */
const DEEDS: ReadonlyMap<string, readonly DocumentedUse[]> = new Map([
  [
    'vssadmin',
    [
      {
        when: /^.{0,64}?(?:delete\s{1,8}shadows\b(?!.{0,256}\/oldest)|resize\s{1,8}shadowstorage\b.{0,256}\/maxsize=\d{1,3}mb)/,
        fact: 'deletes-backups',
      },
    ],
  ],
  ['wmic', [{ when: /^.{0,256}?\bshadowcopy\b.{0,256}?\bdelete\b/, fact: 'deletes-backups' }]],
  ['wbadmin', [BACKUPS_DELETED]],
  [
    'bcdedit',
    [
      {
        when: /^.{0,64}?\/set\b.{0,128}?\b(?:recoveryenabled\s{1,8}(?:no|off|0)|bootstatuspolicy\s{1,8}ignoreallfailures|safeboot)\b/,
        fact: 'weakens-defence',
      },
    ],
  ],
  [
    'wevtutil',
    [
      { when: /^(?:cl|clear-log)\s/, fact: 'weakens-defence' },
      { when: /^(?:sl|set-log)\s.{0,256}\/e(?:nabled)?:f/, fact: 'weakens-defence' },
    ],
  ],
  ['fsutil', [{ when: /^usn\s{1,8}deletejournal\b/, fact: 'weakens-defence' }]],
  ['net', ACCOUNTS_ADDED],
  ['net1', ACCOUNTS_ADDED],
  [
    'reg',
    [
      HIVES_COPIED,
      {
        when: /^(?:save|export)\s{1,8}"?(?:hklm|hkey_local_machine)\\system(?=["\s]|$)/,
        fact: 'copies-secrets',
      },
    ],
  ],
  ['ntdsutil', DIRECTORY_COPIED],
  ['dsdbutil', DIRECTORY_COPIED],
])
/** Stops a service, or ends a process, that is named. */
const STOPS = /^(?:net1?\s{1,8}stop|sc\s{1,8}(?:\\\\\S{1,64}\s{1,8})?(?:stop|delete)|taskkill)\s(.{1,256})/

/** Files of Windows that anybody can have started before the logon (ATT&CK T1546.008). */
const BEFORE_LOGON = /\\(?:sethc|utilman|osk|magnify|narrator|displayswitch|atbroker)\.exe$/
const WRITES = /^@?(?:copy|move|ren|rename|mklink|echo|type)\b/
const MOVES = /^@?(?:copy|move|mklink)\b/

/** What a command does when it is started that needs no code of others. `name`: the program's, without extension. */
export function deedFacts(name: string, words: readonly string[]): readonly RiskFact[] {
  const told = words.join(' ')
  const stopped = STOPS.exec(`${name} ${told}`)?.[1] ?? ''
  const stops: RiskFact[] = GUARDS.test(stopped) ? ['weakens-defence'] : []
  const done = DEEDS.get(name)?.filter(({ when }) => when.test(told)) ?? []
  return [...stops, ...done.map(({ fact }) => fact)]
}

/** Whether a command of the shell's own puts files, or text, somewhere. */
export function writesFiles(word: string): boolean {
  return WRITES.test(word)
}

/** Whether it does so to what anybody can have started before the logon. */
export function replacesLogonTool(word: string, words: readonly string[]): boolean {
  return MOVES.test(word) && words.some((one) => BEFORE_LOGON.test(one.replaceAll('"', '')))
}
