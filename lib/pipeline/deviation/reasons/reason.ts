import type { Feature } from '@/lib/pipeline/baseline/features'
import type { Signature } from '@/lib/pipeline/baseline/signature'

/** One thing about an execution that attackers need and normal use seldom has. One file a reason, listed in registry.ts. */
export type RiskReason = {
  /** Stable: stored with deviations. */
  code: string
  /** For people, as the end of "because …": "it ran under another name". */
  words: string
  /** The most bits it adds: what an administrator sets, everything below it going along. */
  weight: number
  /**
   * It says who ran what, not that anything is wrong with it: beside no evidence of any other reason it counts little.
   */
  circumstance?: boolean
  /** The feature that it is read from, where that is not the command line: a pattern that a host knows well does not speak for another parent, file or connection. */
  about?: Feature
  /** Bits this reason adds to the risk as shipped, 0 to `weight`; 0 = does not apply. */
  bits: (signature: Signature) => number
}
