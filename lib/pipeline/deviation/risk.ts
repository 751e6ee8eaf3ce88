import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { SigmaHit } from '@/lib/pipeline/sigma/rule'
import { RISK_REASONS } from './reasons/registry'
import { sigmaReasons } from './reasons/sigma'
import { CIRCUMSTANCE_BITS, MILLIBITS } from './weights'

/** One reason for a score, with its share of it. */
export type Reason = { code: string; millibits: number }

/** `evidence`: what remains without the circumstances. */
export type Risk = { reasons: readonly Reason[]; millibits: number; evidence: number }

/** Weights of risk reasons by code, in bits, where they are not as shipped. */
export type RiskBits = Readonly<Record<string, number>>

type Weighed = Reason & { circumstance: boolean }

function sum(reasons: readonly Reason[]): number {
  return reasons.reduce((total, { millibits }) => total + millibits, 0)
}

/** Risks of signatures in use that met no rule, by the weights in force: a day weighs the same on every host. */
const KNOWN = new WeakMap<RiskBits, WeakMap<Signature, Risk>>()

function weigh(signature: Signature, riskBits: RiskBits): readonly Weighed[] {
  const weighed: Weighed[] = []
  for (const { code, bits, weight, circumstance = false } of RISK_REASONS) {
    const shipped = bits(signature)
    if (shipped <= 0) continue
    const scale = weight > 0 ? (riskBits[code] ?? weight) / weight : 1
    const millibits = Math.round(shipped * scale * MILLIBITS)
    if (millibits > 0) weighed.push({ code, millibits, circumstance })
  }
  return weighed
}

/**
 * Intrinsic risk R of a signature: what it does, whoever does it. The millibits are the sum of the reasons'. Circumstances count for no more than the
 * evidence and CIRCUMSTANCE_BITS, each cut in proportion. Sigma rules that it met are listed even if they add nothing.
 */
export function assessRisk(signature: Signature, riskBits: RiskBits, sigma: readonly SigmaHit[] = []): Risk {
  if (sigma.length > 0) return assess(signature, riskBits, sigma)
  const underThese = KNOWN.get(riskBits) ?? new WeakMap<Signature, Risk>()
  KNOWN.set(riskBits, underThese)
  const known = underThese.get(signature)
  if (known !== undefined) return known
  const risk = assess(signature, riskBits, sigma)
  underThese.set(signature, risk)
  return risk
}

function assess(signature: Signature, riskBits: RiskBits, sigma: readonly SigmaHit[]): Risk {
  const weighed = weigh(signature, riskBits)
  const rules = sigmaReasons(sigma)
  const evidence = sum(weighed.filter(({ circumstance }) => !circumstance)) + sum(rules)
  const circumstances = sum(weighed.filter(({ circumstance }) => circumstance))
  const allowed = Math.min(circumstances, evidence + CIRCUMSTANCE_BITS * MILLIBITS)
  const own = weighed.map(({ code, millibits, circumstance }) => ({
    code,
    millibits: circumstance ? Math.floor((millibits * allowed) / circumstances) : millibits,
  }))
  const reasons = [...own, ...rules]
  return { reasons, millibits: sum(reasons), evidence }
}
