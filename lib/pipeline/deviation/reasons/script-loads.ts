import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import { LOADERS, SCRIPT_OPENERS } from './loaders'
import type { RiskReason } from './reason'

/** Where anybody can write, or a name that says that it is no library. */
const PLANTED: readonly RiskFact[] = [
  ...(['user-temp', 'temp-folder', 'user-folder', 'downloads', 'public-folder'] as const),
  ...(['program-data-root', 'root-folder', 'odd-extension'] as const),
]

/**
 * A script has a loader run what anybody could have put there: the second step of what arrives by mail (ATT&CK T1204.002, T1218). Scripts of administrators
 * register what was installed. Weight: by hand, as much as the script that was opened.
 */
export const scriptLoads: RiskReason = {
  code: 'script-loads',
  words: 'a script has code loaded that anybody could have put there',
  weight: 2,
  about: 'parent',
  bits: ({ slug, parentName, facts }) =>
    parentName !== null &&
    SCRIPT_OPENERS.has(parentName) &&
    LOADERS.has(slug) &&
    PLANTED.some((fact) => facts.includes(fact))
      ? 2
      : 0,
}
