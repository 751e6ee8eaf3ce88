import { GUARDS } from './guards'
import type { RiskFact } from './tool-use'

type Deed = { when: RegExp; facts: readonly RiskFact[] }

/** Commands of Windows' own programs that destroy, blind or let in by themselves (ATT&CK T1490, T1070.001, T1136.001, T1003.002). On the program's name and its cleaned words. */
const DEEDS: readonly Deed[] = [
  {
    when: /^vssadmin\s.{0,64}?(?:delete\s{1,8}shadows\b(?!.{0,256}\/oldest)|resize\s{1,8}shadowstorage\b.{0,256}\/maxsize=\d{1,3}mb)/,
    facts: ['deletes-backups'],
  },
  { when: /^wmic\s.{0,256}?\bshadowcopy\b.{0,256}?\bdelete\b/, facts: ['deletes-backups'] },
  { when: /^wbadmin\s{1,8}delete\s(?!.{0,1024}keepversions:)/, facts: ['deletes-backups'] },
  {
    when: /^bcdedit\s.{0,64}?\/set\b.{0,128}?\b(?:recoveryenabled\s{1,8}(?:no|off|0)|bootstatuspolicy\s{1,8}ignoreallfailures|safeboot)\b/,
    facts: ['weakens-defence'],
  },
  { when: /^wevtutil\s{1,8}(?:cl|clear-log)\s/, facts: ['weakens-defence'] },
  { when: /^wevtutil\s{1,8}(?:sl|set-log)\s.{0,256}\/e(?:nabled)?:f/, facts: ['weakens-defence'] },
  { when: /^fsutil\s{1,8}usn\s{1,8}deletejournal\b/, facts: ['weakens-defence'] },
  { when: /^net1?\s{1,8}(?:users?|localgroup|group)\s.{0,256}\s?\/add\b/, facts: ['persists'] },
  {
    when: /^reg\s{1,8}(?:save|export)\s{1,8}"?(?:hklm|hkey_local_machine)\\(?:sam|security|system)(?=["\s]|$)/,
    facts: ['copies-secrets'],
  },
  { when: /^(?:ntdsutil|dsdbutil)\s.{0,256}?\bifm\b/, facts: ['copies-secrets'] },
]
/** Stops a service, or ends a process, that is named. */
const STOPS = /^(?:net1?\s{1,8}stop|sc\s{1,8}(?:\\\\\S{1,64}\s{1,8})?(?:stop|delete)|taskkill)\s(.{1,256})/

/** Files of Windows that anybody can have started before the logon (ATT&CK T1546.008). */
const BEFORE_LOGON = /\\(?:sethc|utilman|osk|magnify|narrator|displayswitch|atbroker)\.exe$/
const WRITES = /^@?(?:copy|move|ren|rename|mklink|echo|type)\b/
const MOVES = /^@?(?:copy|move|mklink)\b/

/** What a command does when it is started that needs no code of others. `name`: the program's, without extension. */
export function deedFacts(name: string, words: readonly string[]): readonly RiskFact[] {
  const command = `${name} ${words.join(' ')}`
  const stopped = STOPS.exec(command)?.[1] ?? ''
  const stops: RiskFact[] = GUARDS.test(stopped) ? ['weakens-defence'] : []
  return [...stops, ...DEEDS.filter(({ when }) => when.test(command)).flatMap(({ facts }) => facts)]
}

/** Whether a command of the shell's own puts files, or text, somewhere. */
export function writesFiles(word: string): boolean {
  return WRITES.test(word)
}

/** Whether it does so to what anybody can have started before the logon. */
export function replacesLogonTool(word: string, words: readonly string[]): boolean {
  return MOVES.test(word) && words.some((one) => BEFORE_LOGON.test(one.replaceAll('"', '')))
}
