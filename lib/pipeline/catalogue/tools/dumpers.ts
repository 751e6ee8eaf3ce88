import type { DocumentedUse } from './tool-use'

/** The process that holds the secrets of whoever is logged on. */
const CREDENTIALS = /(?:^|[\s"'])lsass(?:\.exe)?(?=["'\s]|$)/

/**
 * All or most of the memory of a process that is named by its number: the first word that is neither an option nor what follows one. Numbers of processes have two
 * digits at least.
 */
const DUMPED_BY_NUMBER =
  /^(?=.{0,256}[-/]m[ap]\b)(?:"?[-/](?:n|s|cl?|ml?|fx?|at|mc|md|sr|dc)"?\s{1,8}\S{1,64}\s{1,8}|"?[-/]pl?"?\s{1,8}\S{1,64}\s{1,8}\S{1,64}\s{1,8}|"?[-/][a-z0-9]{1,16}"?\s{1,8}){1,16}"?\d{2,10}"?(?:\s|$)/

/** Programs that keep people's passwords, which lie open in their memory. */
const PASSWORD_STORES =
  /(?:^|[\s"'\\])(?:keepass(?:xc)?|1password|bitwarden|lastpass|dashlane|enpass|roboform|keeper(?:passwordmanager)?|passwordsafe|pwsafe|mremoteng)(?:\.exe)?(?=["'\s]|$)/

/**
 * Tools that write the memory of a process to a file, by slug. What they dump all day is the product that crashed: of those that may be given a name, the name
 * decides. Sources, here and below: the tools' own help texts, and where LOLBAS and ATT&CK T1003.001 say what each is abused for. Patterns are bounded.
 */
export const DUMPERS: Readonly<Record<string, readonly DocumentedUse[]>> = {
  'procdump.exe': [
    { when: CREDENTIALS, fact: 'dumps-memory' },
    { when: PASSWORD_STORES, fact: 'dumps-memory' },
    { when: DUMPED_BY_NUMBER, fact: 'dumps-process' },
    // a library of the caller's is loaded into it; a program is started to be watched
    { when: /(?:^|\s)[-/]md\s/, fact: 'launches-program' },
    { when: /(?:^|\s)[-/]x\s/, fact: 'launches-command' },
  ],
  'adplus.exe': [
    { when: CREDENTIALS, fact: 'dumps-memory' },
    { when: /(?:^|\s)[-/]s?c\s/, fact: 'launches-program' },
  ],
}

/** The same of those that are told a number, and are no everyday tool where users work. */
export const DUMPERS_BY_NUMBER: Readonly<Record<string, readonly DocumentedUse[]>> = {
  // with all of the memory, as tools for credentials read it
  'sqldumper.exe': [{ when: /\b0x0?1100:40\b/, fact: 'dumps-memory' }],
  'rdrleakdiag.exe': [
    {
      when: /^(?=.{0,256}[-/]p\s)(?=.{0,256}[-/]o\s).{0,256}[-/](?:fullmemdmp|snap)\b/,
      fact: 'dumps-memory',
    },
  ],
  'dump64.exe': [{ when: /^"?\d{1,10}\s/, fact: 'dumps-memory' }],
  'dumpminitool.exe': [{ when: /--processid\s/, fact: 'dumps-memory' }],
}

/** They are told a running process by its name: no file of that name is run. */
export const NAMES_PROCESS: ReadonlySet<string> = new Set([
  'procdump.exe',
  'rdrleakdiag.exe',
  'sqldumper.exe',
])
