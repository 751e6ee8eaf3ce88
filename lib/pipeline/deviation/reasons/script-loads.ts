import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import { LOADERS } from './loaders'
import type { RiskReason } from './reason'

/** Hosts of scripts that people open: what documents, mails and pages bring runs in these. */
const SCRIPT_HOSTS = new Set(['wscript.exe', 'cscript.exe', 'mshta.exe'])
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
    SCRIPT_HOSTS.has(parentName) &&
    LOADERS.has(slug) &&
    PLANTED.some((fact) => facts.includes(fact))
      ? 2
      : 0,
}
