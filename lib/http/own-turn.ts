import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { idOf } from './at-once'

/** Pages of one account that search history at the same time in this process: with all of their queries they leave connections to others. */
const AT_ONCE = 3
/** More tabs than anybody opens together. */
const MOST_WAITING = 60

type Line = { running: number; waiting: (() => void)[] }
const lines = new Map<string, Line>()

/**
 * Begins what a page reads of history once it is the account's turn, and answers it as it comes: who opens many pages at once waits for
 * their own, and nobody else does. The turn is over when all of it is read.
 * @throws ExpectedError 'busy' when more pages of theirs wait than a person opens
 */
export async function inOwnTurn<Reads extends Record<string, Promise<unknown>>>(
  actor: Actor,
  begin: () => Reads,
): Promise<Reads> {
  const id = idOf(actor)
  const line = lines.get(id) ?? { running: 0, waiting: [] }
  lines.set(id, line)
  if (line.running < AT_ONCE) line.running += 1
  else if (line.waiting.length < MOST_WAITING)
    await new Promise<void>((resolve) => {
      line.waiting.push(resolve)
    })
  else
    throw new ExpectedError('busy', `${MOST_WAITING} searches of yours wait already. Come again in a moment.`)
  const end = () => {
    const next = line.waiting.shift()
    // the next one takes this place
    if (next) return next()
    line.running -= 1
    if (line.running === 0) lines.delete(id)
  }
  try {
    const reads = begin()
    void Promise.allSettled(Object.values(reads)).then(end)
    return reads
  } catch (error) {
    end()
    throw error
  }
}
