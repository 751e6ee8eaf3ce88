import type { RiskReason } from './reason'

const HOSTS = new Set(['wscript.exe', 'cscript.exe'])
const KINDS = new Set(['js', 'jse', 'vbe'])

/** A task runs a script of a kind that arrives by mail or web, and names no folder: its working folder is where it was dropped. Weight: by hand, as one that was opened. */
export const unplacedScript: RiskReason = {
  code: 'unplaced-script',
  words: 'a task runs a script without saying from where',
  weight: 2,
  bits: ({ slug, target, features }) =>
    HOSTS.has(slug) &&
    (target?.class === 'bare' || target?.class === 'relative') &&
    KINDS.has(target.extension ?? '') &&
    features.parent?.endsWith('(schedule)') === true
      ? 2
      : 0,
}
