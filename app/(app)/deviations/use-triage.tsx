'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useState } from 'react'
import type { ActionAnswer } from '@/components/ui/action-answer'
import { Button } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import type { BulkResult } from '@/lib/operations/in-bulk'
import type { Judgement } from '@/lib/operations/triage-deviation'
import { effectOfState } from '@/lib/pipeline/deviation/triage'
import type { DeviationItem } from '@/lib/store/screens/deviations/list'
import { assignAction, noteAction, triageAction, undoAction } from './actions'
import { type BulkAction, changeInTurn, rememberUndo, type Target, takeUndo } from './own-changes'

/** The states that teach something. */
export type RulingState = Extract<Judgement, { scope: unknown }>['to']
export type Assignee = { id: string; name: string }
type Assigned = Target & Pick<DeviationItem, 'assigneeId'>

/** What rows show until the server has answered. */
export type Patch = {
  ids: readonly string[]
  change: Partial<Pick<DeviationItem, 'state' | 'assigneeId' | 'assignee' | 'note'>>
}

const STATE_DONE = {
  open: 'reopened',
  flagged: 'flagged',
  expected: 'marked as expected',
  'authorised-test': 'marked as an authorised test',
  malicious: 'marked as malicious',
} as const

/** The newest can be undone: only its message offers it. */
const UNDO = 'undo'

const showNothing = () => undefined

export type UseTriage = {
  /** `refused`: says why not in another place than the corner, such as the dialog that asked. */
  judge: (
    targets: readonly Target[],
    judgement: Judgement,
    refused?: (message: string) => void,
  ) => Promise<boolean>
  assign: (targets: readonly Assigned[], assignee: Assignee | null) => Promise<boolean>
  note: (targets: readonly Target[], note: string) => Promise<boolean>
  /** Takes the last judgement or assignment of this visit back. */
  undo: () => Promise<void>
  busy: boolean
}

/** Triage with its messages; judgements and assignments can be undone, last first. `patch` shows what was said at once. */
export function useTriage(patch: (patch: Patch) => void = showNothing): UseTriage {
  const toast = useToast()
  const { run, busy } = useChange(patch)

  const undo = async () => {
    const last = takeUndo()
    if (last === undefined) {
      toast('There is nothing of this visit left to undo.', 'bad')
      return
    }
    const words = await last()
    if (words !== null) toast(words, 'good', UNDO)
  }

  const sayUndoable = (done: readonly Target[], what: string) =>
    toast(
      <span className="flex items-center justify-between gap-2">
        {countOf(done.length, 'deviation')} {what}.
        <Button variant="quiet" onClick={undo}>
          Undo
        </Button>
      </span>,
      'good',
      UNDO,
    )

  const judge: UseTriage['judge'] = async (targets, judgement, refused) => {
    const ahead = { state: judgement.to }
    const done = await run(targets, (latest) => triageAction(latest, judgement), ahead, refused)
    if (done === null) return false
    const taught = effectOfState(judgement.to) !== null
    rememberUndo(async () => {
      const undone = await run(done, undoAction)
      return undone && `${asBefore(undone)}${taught ? ' Scores follow in a moment.' : ''}`
    })
    sayUndoable(done, STATE_DONE[judgement.to])
    return true
  }

  const assign: UseTriage['assign'] = async (targets, assignee) => {
    const change = { assigneeId: assignee?.id ?? null, assignee: assignee?.name ?? null }
    const done = await run(
      targets.map(({ id, version }) => ({ id, version, assigneeId: change.assigneeId })),
      assignAction,
      change,
    )
    if (done === null) return false
    const before = new Map(targets.map(({ id, assigneeId }) => [id, assigneeId]))
    const back = done.map((item) => ({ ...item, assigneeId: before.get(item.id) ?? null }))
    rememberUndo(async () => {
      const undone = await run(back, assignAction)
      return undone && asBefore(undone)
    })
    sayUndoable(done, assignee === null ? 'assigned to nobody' : `assigned to ${assignee.name}`)
    return true
  }

  const note: UseTriage['note'] = async (targets, text) => {
    const done = await run(targets, (latest) => noteAction(latest, text), { note: text })
    if (done !== null) toast(`Noted on ${countOf(done.length, 'deviation')}.`)
    return done !== null
  }
  return { judge, assign, note, undo, busy }
}

function asBefore(items: readonly Target[]): string {
  return `${countOf(items.length, 'deviation')} as before.`
}

/** Changes items, shows that ahead of the answer, and says what failed; answers what was done, null where nothing was. */
function useChange(patch: (patch: Patch) => void) {
  const toast = useToast()
  const router = useRouter()
  const [changing, setChanging] = useState(0)
  const run = async <T extends Target>(
    targets: readonly T[],
    action: BulkAction<T>,
    ahead?: Patch['change'],
    refused: (message: string) => void = (message) => toast(message, 'bad'),
  ): Promise<BulkResult['done'] | null> => {
    setChanging((count) => count + 1)
    const answer = await new Promise<ActionAnswer<BulkResult>>((resolve) => {
      startTransition(async () => {
        if (ahead !== undefined) patch({ ids: targets.map(({ id }) => id), change: ahead })
        const answered = await changeInTurn(targets, action)
        resolve(answered)
        // ends together with the patch: the rows go from what was said to what is
        if (answered.ok || !answered.unreached) startTransition(() => router.refresh())
      })
    }).finally(() => setChanging((count) => count - 1))
    if (!answer.ok) {
      refused(answer.message)
      return null
    }
    const [failure] = answer.value.failed
    if (failure)
      toast(`${countOf(answer.value.failed.length, 'deviation')} unchanged: ${failure.message}`, 'bad')
    return answer.value.done
  }
  return { run, busy: changing > 0 }
}
