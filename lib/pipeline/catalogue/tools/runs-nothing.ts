/** Tools that write down what is started later, and elsewhere: where they stand says nothing of where that lies. */
const STARTS_LATER: readonly string[] = ['schtasks.exe', 'reg.exe']

/** Tools to which files are data, or names in a rule; what netsh loads as its helper is told by a fact of its own. */
const WORKS_ON_DATA: readonly string[] = [
  ...['expand.exe', 'extrac32.exe', 'makecab.exe', 'diantz.exe', 'bcp.exe', 'xsd.exe', 'esentutl.exe'],
  ...['ntdsutil.exe', 'dsdbutil.exe', 'wbadmin.exe', 'mpcmdrun.exe', 'cmdkey.exe', 'netsh.exe', 'fsutil.exe'],
]

/** They run nothing of what they are told from where they stand. */
export const RUNS_NOTHING_HERE: ReadonlySet<string> = new Set([...STARTS_LATER, ...WORKS_ON_DATA])

/** That a file they are told is code by its name says nothing. */
export const NAMES_DATA: ReadonlySet<string> = new Set(WORKS_ON_DATA)
