import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { SigmaHit } from '@/lib/pipeline/sigma/rule'
import { RISK_REASONS } from './reasons/registry'
import { sigmaReasons } from './reasons/sigma'
import { MILLIBITS } from './weights'

/** One reason for a score, with its share of it. */
export type Reason = { code: string; millibits: number }

export type Risk = { reasons: readonly Reason[]; millibits: number }

/** Weights of risk reasons by code, in bits, where they are not as shipped. */
export type RiskBits = Readonly<Record<string, number>>

/**
 * Intrinsic risk R of a signature: what it does, whoever does it. The millibits are the sum of the reasons'; Sigma rules that it met are
 * listed even if they add nothing.
 */
export function assessRisk(signature: Signature, riskBits: RiskBits, sigma: readonly SigmaHit[] = []): Risk {
  const own = RISK_REASONS.flatMap(({ code, bits, weight }) => {
    const scale = weight > 0 ? (riskBits[code] ?? weight) / weight : 1
    const millibits = Math.round(bits(signature) * scale * MILLIBITS)
    return millibits > 0 ? [{ code, millibits }] : []
  })
  const reasons = [...own, ...sigmaReasons(sigma)]
  return { reasons, millibits: reasons.reduce((sum, reason) => sum + reason.millibits, 0) }
}
