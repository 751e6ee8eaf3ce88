import type { RiskReason } from './reason'

const MODULES = new Set(['dll', 'ocx', 'cpl', 'exe'])

/**
 * Code named without its folder, and no known part of Windows: it comes from wherever the caller stood.
 * Weight: by hand, as a script parent, which it often comes with.
 */
export const unplacedModule: RiskReason = {
  code: 'unplaced-module',
  words: 'it loads a module without saying from where',
  weight: 1.5,
  bits: ({ target }) =>
    (target?.class === 'bare' || target?.class === 'relative') && MODULES.has(target.extension ?? '')
      ? 1.5
      : 0,
}
