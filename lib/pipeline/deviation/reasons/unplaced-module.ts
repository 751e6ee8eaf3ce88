import { isSystemLauncher } from '@/lib/pipeline/baseline/operating-system-use'
import type { RiskReason } from './reason'

const MODULES = new Set(['dll', 'ocx', 'cpl', 'exe'])

/**
 * Code named without its folder, and no known part of Windows: it comes from wherever the caller stood. Services and tasks of Windows name its own
 * libraries so. Weight: by hand; with a shell as parent it makes a deviation.
 */
export const unplacedModule: RiskReason = {
  code: 'unplaced-module',
  words: 'it loads a module without saying from where',
  weight: 2.5,
  bits: ({ target, parentName, mode }) =>
    (target?.class === 'bare' || target?.class === 'relative') &&
    MODULES.has(target.extension ?? '') &&
    mode !== 'launch' &&
    !isSystemLauncher(parentName)
      ? 2.5
      : 0,
}
