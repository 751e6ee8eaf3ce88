import type { Replay } from '@/lib/pipeline/decision/fold-replay'
import {
  gatherReach,
  guessCandidates,
  type Ranking,
  type Reach,
  rankFacets,
} from '@/lib/pipeline/decision/gather-facets'
import { gatherReplay } from '@/lib/pipeline/decision/gather-replay'
import { eachPackedUse } from '@/lib/store/packed-uses'
import { judgedBy, packedIn, type ReplayInput } from './replay-input'

/** Everything stored of a binary's use, as cells that the plans of the input are folded over. */
export async function loadReplay(input: ReplayInput): Promise<Replay> {
  const { take, replay } = gatherReplay(judgedBy(input))
  await eachPackedUse(packedIn(input), take)
  return replay()
}

/** The same with what the first plan interrupts most, and on how many hosts what is likely to be listed of it is, for `loadFacets`: all in one reading. */
export async function loadRankedReplay(
  input: ReplayInput,
): Promise<{ replay: Replay; ranking: Ranking; reach: Reach }> {
  const judged = judgedBy(input)
  const [gathered, ranked] = [gatherReplay(judged), rankFacets(judged)]
  const reached = gatherReach(judged, guessCandidates(judged, input.executions))
  await eachPackedUse(packedIn(input), (use) => {
    gathered.take(use)
    ranked.take(use)
    reached.take(use)
  })
  return { replay: gathered.replay(), ranking: ranked.ranking(), reach: reached.reach() }
}
