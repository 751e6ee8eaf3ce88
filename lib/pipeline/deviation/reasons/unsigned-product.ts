import { isUnlikeMakerValue } from '@/lib/pipeline/baseline/trait/module-trait'
import { LOADERS } from './loaders'
import type { RiskReason } from './reason'

/** A loader ran a library that hides among the files of a maker that signs all of its own (ATT&CK T1036.005). Weight: by hand, as a binary where it does not belong. */
export const unsignedProduct: RiskReason = {
  code: 'unsigned-product',
  words: 'it loaded an unsigned module from the folder of a maker that signs all it ships',
  weight: 4,
  bits: ({ slug, traits }) => (LOADERS.has(slug) && traits.module?.some(isUnlikeMakerValue) ? 4 : 0),
}
