import { SIGMA_LEVELS, type SigmaHit } from '@/lib/pipeline/sigma/rule'
import { MILLIBITS, SIGMA_BITS } from '../weights'

const PREFIX = 'sigma:'

/** The reason code of a Sigma rule. */
export function sigmaCode(ruleId: string): string {
  return `${PREFIX}${ruleId}`
}

/** The rule of a reason code; null = the reason is none of a Sigma rule. */
export function sigmaRuleOf(code: string): string | null {
  return code.startsWith(PREFIX) ? code.slice(PREFIX.length) : null
}

/**
 * Hits as reasons. Only one of the highest level counts, the first by id: rules repeat each other. The others are listed with nothing.
 * `hits` by id, each once.
 */
export function sigmaReasons(hits: readonly SigmaHit[]): { code: string; millibits: number }[] {
  const rank = ({ level }: SigmaHit) => SIGMA_LEVELS.indexOf(level)
  const highest = hits.reduce<SigmaHit | null>(
    (best, hit) => (best === null || rank(hit) > rank(best) ? hit : best),
    null,
  )
  return hits.map((hit) => ({
    code: sigmaCode(hit.id),
    millibits: hit === highest ? SIGMA_BITS[hit.level] * MILLIBITS : 0,
  }))
}
