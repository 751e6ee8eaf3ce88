import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { UploadRow } from '@/lib/store/screens/imports'
import type { TakingBack } from '@/lib/store/screens/jobs'

/** More of it is to be read without anybody's doing. */
export const READING: readonly string[] = ['receiving', 'queued', 'running']
/** Somebody at the terminal or on the page goes on with it, or nobody does. */
export const WAITING: readonly string[] = ['paused', 'interrupted']
/** Nobody adds to what it brought. */
const OVER: readonly string[] = ['done', 'failed', 'cancelled', 'interrupted']
export const TAKEN: readonly string[] = ['taking-back', 'taken-back']

/** What can be done about an import: by itself it moves on, an unfinished one can be told to stop or go on, one that is over can be taken back. */
type Steps = { isMoving: boolean; isUnfinished: boolean; takeBackLabel: string | null }

export function stepsOf(
  actor: Actor,
  upload: Pick<UploadRow, 'state' | 'channel'>,
  takingBack: TakingBack | null,
): Steps {
  const { state, channel } = upload
  // a shipper's upload stays open all day
  if (channel === 'shipper') return { isMoving: false, isUnfinished: false, takeBackLabel: null }
  const mayTakeBack = actorMay(actor, 'take-back') && channel !== 'demo'
  return {
    isMoving: READING.includes(state) || state === 'taking-back' || isUnderWay(takingBack),
    isUnfinished: actorMay(actor, 'import') && [...READING, ...WAITING].includes(state),
    takeBackLabel: mayTakeBack ? labelOf(state, takingBack) : null,
  }
}

function isUnderWay(takingBack: TakingBack | null): boolean {
  return takingBack?.state === 'queued' || takingBack?.state === 'running'
}

function labelOf(state: string, takingBack: TakingBack | null): string | null {
  if (OVER.includes(state)) return 'Take back…'
  return TAKEN.includes(state) && takingBack?.state === 'failed' ? 'Go on taking back…' : null
}
