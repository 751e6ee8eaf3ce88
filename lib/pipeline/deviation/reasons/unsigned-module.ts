import { isUnsignedValue, isWritableValue } from '@/lib/pipeline/baseline/trait/module-trait'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import type { RiskReason } from './reason'
import { isUnpacked } from './set-up'

/** The command line itself says that it runs something from such a folder: the loaded file repeats it. */
const SAID: readonly RiskFact[] = [
  'public-folder',
  'writable-windows-folder',
  'user-temp',
  'temp-folder',
  'downloads',
  'desktop',
  'startup-folder',
  'root-folder',
  'data-drive',
  'program-data-root',
  'recycle-bin',
  'alternate-data-stream',
  'unc-path',
  'intranet-share',
  'source-folder',
]

/** Code that nobody answers for, from where anybody can put it. Weight: by hand, as a user's temporary folder. */
export const unsignedModule: RiskReason = {
  code: 'unsigned-module',
  words: 'it loaded an unsigned module from a folder that users can write to',
  weight: 3,
  about: 'module',
  bits: (signature) => {
    const { traits, facts } = signature
    // what was built a moment ago is signed nowhere
    if (isUnpacked(signature) || facts.includes('build-folder')) return 0
    const loaded = traits.module?.some((value) => isUnsignedValue(value) && isWritableValue(value)) ?? false
    if (!loaded) return 0
    return SAID.some((fact) => facts.includes(fact)) ? 1 : 3
  },
}
