import type { Replay } from '@/lib/pipeline/decision/fold-replay'
import {
  gatherReach,
  guessCandidates,
  type Ranking,
  type Reach,
  rankFacets,
} from '@/lib/pipeline/decision/gather-facets'
import { gatherReplay, type Judged, type Place, placing } from '@/lib/pipeline/decision/gather-replay'
import type { PackedUse } from '@/lib/pipeline/decision/packed-use'
import { eachPackedUse } from '@/lib/store/packed-uses'
import { judgedBy, packedIn, type ReplayInput } from './replay-input'

/** Everything stored of a binary's use, as cells that the plans of the input are folded over. */
export async function loadReplay(input: ReplayInput): Promise<Replay> {
  const judged = judgedBy(input)
  const { take, replay } = gatherReplay(judged)
  await eachPlacedUse(input, judged, take)
  return replay()
}

/** Reads the use that counts, with where it was. */
export async function eachPlacedUse(
  input: ReplayInput,
  judged: Judged,
  take: (use: PackedUse, place: Place) => void,
): Promise<void> {
  const placeOf = placing(judged)
  await eachPackedUse(packedIn(input), (use) => {
    const place = placeOf(use)
    if (place !== null) take(use, place)
  })
}

/** The same with what the first plan interrupts most, and on how many hosts what is likely to be listed of it is, for `loadFacets`: all in one reading. */
export async function loadRankedReplay(
  input: ReplayInput,
): Promise<{ replay: Replay; ranking: Ranking; reach: Reach }> {
  const judged = judgedBy(input)
  const [gathered, ranked] = [gatherReplay(judged), rankFacets(judged)]
  const reached = gatherReach(judged, guessCandidates(judged, input.executions))
  await eachPlacedUse(input, judged, (use, place) => {
    gathered.take(use, place)
    ranked.take(use, place)
    reached.take(use, place)
  })
  return { replay: gathered.replay(), ranking: ranked.ranking(), reach: reached.reach() }
}
