/** Tools that write down what is started later, and elsewhere: where they stand says nothing of where that lies. */
const STARTS_LATER: ReadonlySet<string> = new Set(['schtasks.exe', 'reg.exe'])

/** Tools to which files are data, or names in a rule; what netsh loads as its helper is told by a fact of its own. */
const WORKS_ON_DATA: ReadonlySet<string> = new Set([
  ...['expand.exe', 'extrac32.exe', 'makecab.exe', 'diantz.exe', 'bcp.exe', 'xsd.exe', 'esentutl.exe'],
  ...['ntdsutil.exe', 'dsdbutil.exe', 'wbadmin.exe', 'mpcmdrun.exe', 'cmdkey.exe', 'netsh.exe', 'fsutil.exe'],
])

/**
 * Whether that a file it is told is code by its name says nothing: the tool works on data, or takes a checksum of whatever it is given.
 * @param mode what the tool is asked to do, as it was read from the command line
 */
export function namesData(slug: string, mode: string | null): boolean {
  return WORKS_ON_DATA.has(slug) || (slug === 'certutil.exe' && mode === 'hashfile')
}

/** Whether it runs nothing of what it is told from where it stands. `mode`: as of namesData. */
export function runsNothingHere(slug: string, mode: string | null): boolean {
  return STARTS_LATER.has(slug) || namesData(slug, mode)
}
