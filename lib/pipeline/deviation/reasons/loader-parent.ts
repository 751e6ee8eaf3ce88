import { LOADERS } from './loaders'
import type { RiskReason } from './reason'

/** With these whoever got in looks round, fetches and goes on; libraries that are installed or shown have no need of them. */
const NEXT_STEPS = new Set([
  'wmic.exe',
  'certutil.exe',
  'bitsadmin.exe',
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'forfiles.exe',
])

/**
 * Code that a loader runs looks round or goes on (ATT&CK T1218 followed by T1047, T1105 or T1059). Weight: by hand, as remote management: what is opened
 * through a library of Windows' own has a loader as parent too.
 */
export const loaderParent: RiskReason = {
  code: 'loader-parent',
  words: 'a loader of libraries or assemblies started it',
  weight: 2.5,
  about: 'parent',
  bits: ({ parentName, slug }) =>
    parentName !== null && LOADERS.has(parentName) && NEXT_STEPS.has(slug) ? 2.5 : 0,
}
