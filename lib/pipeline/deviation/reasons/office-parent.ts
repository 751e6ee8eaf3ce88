import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
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

/** Through these Office sends mail, prints, shows certificates and pictures, opens its own files and tidies up after its browser. Weight: by hand. */
const OWN_LIBRARIES =
  /\\(?:(?:mapi32|mapistub|msoxmled|printui|cryptext|ndfapi)\.dll,|(?:photoviewer|shimgvw)\.dll,imageview_fullscreen |inetcpl\.cpl,clearmytracksbyprocess )/
const OWN_LIBRARY_BITS = 1

const SCRIPTS = new Set(['wscript.exe', 'cscript.exe'])
/** A team's macros keep their scripts on the team's share; a document that was sent brings its own. */
const TEAM_SHARES: readonly RiskFact[] = ['domain-share', 'intranet-share', 'own-share']
const TEAM_SHARE_BITS = 2.5

/** A document started it. Weight: scoring method. */
export const officeParent: RiskReason = {
  code: 'office-parent',
  words: 'an office application started it',
  weight: 5,
  about: 'parent',
  bits: ({ slug, parentName, pattern, target, facts }) => {
    if (parentName === null || !OFFICE.has(parentName)) return 0
    if (SCRIPTS.has(slug) && TEAM_SHARES.some((fact) => facts.includes(fact))) return TEAM_SHARE_BITS
    const isOwn = target?.class === 'system' || target?.class === 'program-files'
    return isOwn && facts.length === 0 && OWN_LIBRARIES.test(pattern ?? '') ? OWN_LIBRARY_BITS : 5
  },
}
