import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import { EVERYDAY_LOADERS } from './loaders'
import { asksWhatToOpenWith } from './opens-document'
import type { RiskReason } from './reason'

const OFFICE = new Set([
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'outlook.exe',
  'msaccess.exe',
  'mspub.exe',
  'onenote.exe',
  'onenotem.exe',
  'visio.exe',
  'winproj.exe',
  'eqnedt32.exe',
  'wordpad.exe',
  'acrord32.exe',
  'acrobat.exe',
])

/** Their drivers' parts show how a print job goes on. */
const PRINTERS = /^rundll32 <system>\\spool\\drivers\\/
/** Asked whether a class offers an interface: so Office looks at each object of a document before it shows it. Scriptlets are classes that run what a file says. */
const SCRIPTLETS = /\{(?:06290bd[0-9a-f]-48aa-11d2-8432-006008c3fbfc|b54f3741-5b07-11cf-a4b0-00aa004a55e8)\}/

/** Through these Office sends mail, calls the web, prints, shows certificates and pictures, opens its own files and tidies up after its browser. Weight: by hand. */
const OWN_LIBRARIES =
  /\\(?:(?:mapi32|mapistub|msoxmled|printui|cryptext|ndfapi)\.dll,|wininet\.dll,dispatchapicall |(?:photoviewer|shimgvw)\.dll,imageview_fullscreen |inetcpl\.cpl,clearmytracksbyprocess )/
const OWN_LIBRARY_BITS = 1
/** Windows' own pages of settings, by their names. */
const PANELS =
  /^control \/name microsoft\.[a-z]{1,40}$|^rundll32 <system>\\shell32\.dll,control_rundll <system>\\[a-z]{1,16}\.cpl(?:[ ,]|$)/

function isOfficeOwn({ slug, mode, target, facts, pattern }: Signature): boolean {
  if (facts.length > 0 || pattern === null) return false
  if (slug === 'verclsid.exe') return mode === 'verify' && !SCRIPTLETS.test(pattern)
  if (PRINTERS.test(pattern) || PANELS.test(pattern)) return true
  const isInstalled = target?.class === 'system' || target?.class === 'program-files'
  return isInstalled && OWN_LIBRARIES.test(pattern)
}

const SCRIPTS = new Set(['wscript.exe', 'cscript.exe'])
/** A team's macros keep their scripts on the team's share; a document that was sent brings its own. */
const TEAM_SHARES: readonly RiskFact[] = ['domain-share', 'intranet-share', 'own-share']
const TEAM_SHARE_BITS = 2.5

/** An add-in is repaired or started by its own template, where only installers put one. */
const ADD_IN_BITS = 2.5

/** A document started it. Weight: scoring method. */
export const officeParent: RiskReason = {
  code: 'office-parent',
  words: 'an office application started it',
  weight: 5,
  about: 'parent',
  bits: (signature) => {
    const { slug, parentName, facts, target } = signature
    if (parentName === null || !OFFICE.has(parentName)) return 0
    if (SCRIPTS.has(slug) && TEAM_SHARES.some((fact) => facts.includes(fact))) return TEAM_SHARE_BITS
    if (EVERYDAY_LOADERS.has(slug) && target?.class === 'program-files') return ADD_IN_BITS
    return isOfficeOwn(signature) || asksWhatToOpenWith(signature) ? OWN_LIBRARY_BITS : 5
  },
}
