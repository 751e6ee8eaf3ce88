import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import type { ActionResult } from '@/lib/http/action-result'
import type { BulkResult } from '@/lib/operations/in-bulk'

export type Target = { id: string; version: number }
export type BulkAction<T extends Target> = (targets: readonly T[]) => Promise<ActionResult<BulkResult>>
/** Takes something back; answers what to say then, null where the server refused. */
export type Undo = () => Promise<string | null>

const KEPT_UNDOS = 100

/** What this window did since it was loaded, on whatever page: its list, its panel and an item's own page share it. */
const versions = new Map<string, number>()
const undos: Undo[] = []
let last: Promise<unknown> = Promise.resolve()

/**
 * Changes items after the change before has been answered, as they then are: what somebody does twice in a row, faster than the page follows,
 * is no conflict with themselves.
 */
export function changeInTurn<T extends Target>(
  targets: readonly T[],
  action: BulkAction<T>,
): Promise<ActionAnswer<BulkResult>> {
  const turn = last.then(async () => {
    const answer = await answerOf(() => action(targets.map(latest)))
    if (answer.ok) for (const { id, version } of answer.value.done) versions.set(id, version)
    return answer
  })
  last = turn.catch(() => undefined)
  return turn
}

export function rememberUndo(undo: Undo): void {
  undos.push(undo)
  if (undos.length > KEPT_UNDOS) undos.shift()
}

/** The newest that was not taken back yet. */
export function takeUndo(): Undo | undefined {
  return undos.pop()
}

function latest<T extends Target>(target: T): T {
  return { ...target, version: Math.max(target.version, versions.get(target.id) ?? 0) }
}
