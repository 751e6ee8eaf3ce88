import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { PatternUse } from '@/lib/pipeline/deviation/triage-plan'
import { findDeviation, loadPatternUses } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { checked } from './checked'
import { DeviationId, requireTriage } from './triage-deviation'

const MAX_PREVIEWED = 200
const Ids = z
  .array(DeviationId)
  .max(MAX_PREVIEWED, `At most ${MAX_PREVIEWED} deviations can be judged at once.`)

/**
 * What is on record of each deviation, in their order: planTriage of it is what a triage would teach.
 * @throws ExpectedError 'forbidden', 'invalid-input' or 'not-found'
 */
export async function previewTriage(actor: Actor, submitted: readonly string[]): Promise<PatternUse[][]> {
  const { scope } = requireTriage(actor)
  const previews: PatternUse[][] = []
  for (const id of checked(Ids, submitted)) {
    const deviation = await findDeviation(pool(), scope, id)
    if (deviation === null) throw new ExpectedError('not-found', 'There is no such deviation any more.')
    previews.push(await loadPatternUses(pool(), scope, deviation))
  }
  return previews
}
