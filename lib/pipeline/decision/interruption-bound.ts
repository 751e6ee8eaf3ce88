/** One-sided confidence of every bound here. */
const CONFIDENCE = 0.95
/** Standard normal quantile of it. */
const Z = 1.644854

/** How often something may happen in the long run, given that it did in `seen` of `of` cases. */
export type Bound = {
  seen: number
  of: number
  /** With 95 % confidence the true share is no higher, if the cases are independent. */
  upper: number
  method: 'rule-of-three' | 'wilson'
}

/**
 * Upper bound of a share. None in n: 1 − 0.05^(1/n), which is near 3/n (Hanley and Lippman-Hand, JAMA 249, 1983); otherwise the upper end of
 * Wilson's score interval (JASA 22, 1927), one-sided. null = no cases.
 */
export function boundShare(seen: number, of: number): Bound | null {
  if (of <= 0) return null
  if (seen <= 0) return { seen: 0, of, upper: 1 - (1 - CONFIDENCE) ** (1 / of), method: 'rule-of-three' }
  if (seen >= of) return { seen: of, of, upper: 1, method: 'wilson' }
  const share = seen / of
  const square = Z * Z
  const centre = share + square / (2 * of)
  const spread = Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  return { seen, of, upper: Math.min(1, (centre + spread) / (1 + square / of)), method: 'wilson' }
}
