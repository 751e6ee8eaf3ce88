import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'

/** Ordinals of exports that matter, as published for current Windows. */
const ORDINALS: ReadonlyMap<string, string> = new Map([
  ['shell32.dll,#44', 'control_rundll'],
  ['comsvcs.dll,#24', 'minidump'],
  ['mshtml.dll,#135', 'runhtmlapplication'],
])

/** Exports that start a program, page or installation section named in their arguments. */
export const LAUNCHERS: ReadonlySet<string> = new Set([
  'advpack.dll,launchinfsection',
  'advpack.dll,launchinfsectionex',
  'advpack.dll,registerocx',
  'ieadvpack.dll,launchinfsection',
  'ieadvpack.dll,registerocx',
  'ieframe.dll,openurl',
  'shdocvw.dll,openurl',
  'url.dll,openurl',
  'url.dll,fileprotocolhandler',
  'url.dll,telnetprotocolhandler',
  'zipfldr.dll,routethecall',
  'pcwutl.dll,launchapplication',
  'dfshim.dll,shopenverbapplication',
  'setupapi.dll,installhinfsection',
  'syssetup.dll,setupinfobjectinstallaction',
  'desk.cpl,installscreensaver',
  'scrobj.dll,generatetypelib',
  'shell32.dll,shellexec_rundll',
  'shell32.dll,openas_rundll',
  'mshtml.dll,printhtml',
  'tsworkspace.dll,workspacesilentsetup',
])

/** Called by the service host, the loader, COM and regsvr32; nothing that Windows or a product runs through rundll32 is named so. */
export const FOREIGN_EXPORTS: ReadonlySet<string> = new Set([
  'servicemain',
  'svchostpushserviceglobals',
  'dllmain',
  'dllgetclassobject',
  'dllregisterserver',
])
/** What published frameworks call the entry of the libraries that they make. */
export const LOADER_EXPORTS: ReadonlySet<string> = new Set(['startw', 'reflectiveloader', 'voidfunc'])
export const CREDENTIAL_CALLS: ReadonlySet<string> = new Set(['keymgr.dll,krshowkeymgr'])

/** Calls whose meaning is known, as `library,export`. */
const KNOWN: ReadonlySet<string> = new Set([
  ...LAUNCHERS,
  ...CREDENTIAL_CALLS,
  'comsvcs.dll,minidump',
  'davclnt.dll,davsetcookie',
  'printui.dll,printuientry',
  'shell32.dll,shcreatelocalserverrundll',
])

export type Export = { name: string; ordinal: boolean }

const NUMBER = /^#([+-]?)0*(\d{1,10})/
/** Ordinals have 16 bits: of a larger or negative number the low ones are taken. */
const ORDINALS_MAX = 0x10000

function readOrdinal(clean: string): number | null {
  const [, sign, digits] = NUMBER.exec(clean) ?? []
  if (digits === undefined) return null
  const low = Number(digits) % ORDINALS_MAX
  return sign === '-' ? (ORDINALS_MAX - low) % ORDINALS_MAX : low
}

/**
 * `#+00`, `#0044`, `#65580` and `#44` are numbers; a trailing A or W only names the character width.
 * @param library file name with its extension, lower case
 */
export function readExport(library: string, entry: Argument | null): Export {
  const clean = entry === null ? '' : cleanText(entry.value)
  const number = readOrdinal(clean)
  if (number !== null) return { name: ORDINALS.get(`${library},#${number}`) ?? `#${number}`, ordinal: true }
  const narrow = clean.replace(/[aw]$/, '')
  const known = KNOWN.has(`${library},${narrow}`) || narrow === 'control_rundll'
  return { name: known ? narrow : mask(clean), ordinal: false }
}
