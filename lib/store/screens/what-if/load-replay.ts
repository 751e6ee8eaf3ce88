import type { Replay } from '@/lib/pipeline/decision/fold-replay'
import { gatherReplay } from '@/lib/pipeline/decision/gather-replay'
import { eachPackedUse } from '@/lib/store/packed-uses'
import { judgedBy, type ReplayInput } from './replay-input'

/** Everything stored of a binary's use, as cells that the plans of the input are folded over. */
export async function loadReplay(input: ReplayInput): Promise<Replay> {
  const { take, replay } = gatherReplay(judgedBy(input))
  await eachPackedUse(input.entryId, input.hosts.ids, take)
  return replay()
}
