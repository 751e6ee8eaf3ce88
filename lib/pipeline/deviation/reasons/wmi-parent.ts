import { LOADERS } from './loaders'
import type { RiskReason } from './reason'

const WMI = new Set(['wmiprvse.exe', 'scrcons.exe', 'wsmprovhost.exe', 'winrshost.exe'])

/** What carries out a process that was created through WMI's own class, and scripts that subscriptions of events run. */
const PROVIDERS = new Set(['wmiprvse.exe', 'scrcons.exe'])
/** What only ever runs another's code: management tools have WMI start installers and scripts, whoever moves between hosts has it start these. */
const RUNS_OTHERS = new Set([...LOADERS, 'mshta.exe'])

/** A remote-management host started it: administrators do so too, hence the middling weight of the scoring method. Loaders: by hand. */
export const wmiParent: RiskReason = {
  code: 'wmi-parent',
  words: 'it was started through WMI or remote management',
  weight: 4,
  about: 'parent',
  bits: ({ slug, parentName }) => {
    if (parentName === null || !WMI.has(parentName)) return 0
    return PROVIDERS.has(parentName) && RUNS_OTHERS.has(slug) ? 4 : 2.5
  },
}
