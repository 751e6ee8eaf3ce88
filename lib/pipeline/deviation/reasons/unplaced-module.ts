import { isSystemLauncher } from '@/lib/pipeline/baseline/operating-system-use'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { NAMES_PROCESS } from '@/lib/pipeline/catalogue/tools/dumpers'
import { runsNothingHere } from '@/lib/pipeline/catalogue/tools/runs-nothing'
import { isBuiltHere, MODULES } from '@/lib/pipeline/catalogue/tools/working-directory'
import { isOpenedByHand } from './by-hand'
import type { RiskReason } from './reason'
import { isRegistered } from './set-up'

function isUnplaced({ slug, target, parentName, mode, pattern, facts }: Signature): boolean {
  return (
    // what another host is told to start is found on that host's path, and weighed as what it launches
    !(slug === 'wmic.exe' && facts.includes('remote-host')) &&
    !NAMES_PROCESS.has(slug) &&
    !runsNothingHere(slug, mode) &&
    !isBuiltHere(slug, pattern) &&
    (target?.class === 'bare' || target?.class === 'relative') &&
    MODULES.has(target.extension ?? '') &&
    mode !== 'launch' &&
    !isSystemLauncher(parentName)
  )
}

/**
 * Code named without its folder, and no known part of Windows: it comes from wherever the caller stood. Services and tasks of Windows name its own
 * libraries so. Weight: by hand; less of what a developer or administrator registers from where it was built; with a shell as parent, or called by a number, it makes a deviation; opened in
 * Explorer it is a shortcut beside its library, as mounted images bring it.
 */
export const unplacedModule: RiskReason = {
  code: 'unplaced-module',
  words: 'it loads a module without saying from where',
  weight: 4,
  bits: (signature) => {
    if (!isUnplaced(signature)) return 0
    if (isOpenedByHand(signature)) return 4
    if (isRegistered(signature)) return 1
    if (signature.facts.includes('ordinal')) return 3
    // guides have administrators register what they copied to where they stand
    return signature.slug === 'regsvr32.exe' ? 2 : 2.5
  },
}
