import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { assessNecessity } from '@/lib/pipeline/decision/necessity'
import { countDeviations, loadEvidence } from '@/lib/store/evidence'
import { hostsOf } from '@/lib/store/scope'
import { findBinary } from '../binary/view'
import type { DataWindow } from '../data-window'
import { judgedOf, remembered } from '../remembered'
import { loadNecessityNow } from '../what-if/load-necessity'

/** What is known today of a binary's use on the hosts of a decision, with what these numbers suggest. `span`: as of loadNecessityNow, of the fleet. */
export async function loadKnownEvidence(
  where: DecisionScope,
  entry: { id: number; slug: string },
  span?: DataWindow | null,
): Promise<Evidence> {
  const [evidence, suggestion] = await Promise.all([
    loadEvidence(hostsOf(where), entry.id),
    suggest(where, entry.slug, span),
  ])
  return { ...evidence, suggestion }
}

/** The same as pages show it: deviations as they are, use as it was counted last. What is frozen with a decision is worked out when it is frozen. */
export async function loadEvidenceSeen(
  where: DecisionScope,
  entry: { id: number; slug: string },
): Promise<Evidence> {
  const hosts = hostsOf(where)
  const asked = [entry.id, await judgedOf(entry.id)]
  const { value } = await remembered('evidence', hosts, asked, () => loadKnownEvidence(where, entry))
  return { ...value, ...(await countDeviations(hosts, entry.id, value.window)) }
}

async function suggest(
  where: DecisionScope,
  slug: string,
  span: DataWindow | null | undefined,
): Promise<Evidence['suggestion']> {
  const header = await findBinary(slug)
  if (header === null) return null
  const { verdict, reasons, cautions } = assessNecessity(
    await loadNecessityNow({ kind: 'all' }, header, where, span),
  ).suggestion
  return { verdict, reasons: [...reasons], cautions: [...cautions] }
}
