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

/** Through these Office sends mail, prints, shows certificates and opens its own files. Weight: by hand. */
const OWN_LIBRARIES = /\\(?:mapi32|mapistub|msoxmled|printui|cryptext|ndfapi)\.dll,/
const OWN_LIBRARY_BITS = 1

/** A document started it. Weight: scoring method. */
export const officeParent: RiskReason = {
  code: 'office-parent',
  words: 'an office application started it',
  weight: 5,
  bits: ({ parentName, pattern, target, facts }) => {
    if (parentName === null || !OFFICE.has(parentName)) return 0
    const isOwn = target?.class === 'system' || target?.class === 'program-files'
    return isOwn && facts.length === 0 && OWN_LIBRARIES.test(pattern ?? '') ? OWN_LIBRARY_BITS : 5
  },
}
