import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'

/** Where facts count otherwise than they are weighed. Weights: by hand, none above the fact's own. */
export type Exception = {
  facts: readonly RiskFact[]
  bits: number
  when: (signature: Signature) => boolean
}
