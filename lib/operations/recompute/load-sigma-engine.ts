import { log } from '@/lib/log'
import { readRule } from '@/lib/pipeline/sigma/read-rule'
import { RuleProblem, type SigmaRule } from '@/lib/pipeline/sigma/rule'
import { compileEngine, type SigmaEngine } from '@/lib/pipeline/sigma/rule-engine'
import type { Pool } from '@/lib/store/pool'
import { findSigmaVersion, loadEnabledRules } from '@/lib/store/sigma'

const compiled = new WeakMap<Pool, { version: string; engine: SigmaEngine }>()

/** The enabled rules, compiled; compiled again only after a change. */
export async function loadSigmaEngine(pool: Pool): Promise<SigmaEngine> {
  const version = await findSigmaVersion(pool)
  const known = compiled.get(pool)
  if (known?.version === version) return known.engine
  const engine = compileEngine((await loadEnabledRules(pool)).flatMap(read))
  compiled.set(pool, { version, engine })
  return engine
}

/** A rule that an older Cordon took and this one does not is left out: it must not stop everything. */
function read({ id, document }: { id: string; document: unknown }): SigmaRule[] {
  try {
    return [{ ...readRule(document), id }]
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error
    log().warn({ rule: id, reason: error.message }, 'a Sigma rule cannot be read any more and is left out')
    return []
  }
}
