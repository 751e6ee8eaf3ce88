'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useCallback, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/http/action-result'
import type { BulkResult } from '@/lib/operations/in-bulk'
import type { Judgement } from '@/lib/operations/triage-deviation'
import { assignAction, triageAction, undoAction } from './actions'

export type Target = { id: string; version: number }
/** The states that teach something. */
export type RulingState = Extract<Judgement, { scope: unknown }>['to']

/** What rows show until the server has answered. */
export type Patch = { ids: readonly string[]; change: { state: Judgement['to'] } }

export const STATE_DONE = {
  open: 'reopened',
  flagged: 'flagged',
  expected: 'marked as expected',
  'authorised-test': 'marked as an authorised test',
  malicious: 'marked as malicious',
} as const

const showNothing = () => undefined

export type UseTriage = {
  judge: (targets: readonly Target[], judgement: Judgement) => Promise<boolean>
  assign: (targets: readonly Target[], assigneeId: string | null) => Promise<boolean>
  /** Takes the last judgement of this visit back. */
  undo: () => Promise<void>
  busy: boolean
}

/** Triage with its messages; what was judged on this page can be undone, last first. `patch` shows what was said at once. */
export function useTriage(patch: (patch: Patch) => void = showNothing): UseTriage {
  const toast = useToast()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const judged = useRef<Target[][]>([])

  const run = useCallback(
    async (
      action: () => Promise<ActionResult<BulkResult>>,
      ahead: Patch | null,
    ): Promise<BulkResult | null> => {
      setBusy(true)
      const answer = await new Promise<ActionResult<BulkResult>>((resolve) => {
        startTransition(async () => {
          if (ahead !== null) patch(ahead)
          const answered = await answerOf(action)
          resolve(answered)
          // ends together with the patch: the rows go from what was said to what is
          startTransition(() => router.refresh())
        })
      }).finally(() => setBusy(false))
      if (!answer.ok) {
        toast(answer.message, 'bad')
        return null
      }
      const [failure] = answer.value.failed
      if (failure)
        toast(`${countOf(answer.value.failed.length, 'deviation')} unchanged: ${failure.message}`, 'bad')
      return answer.value
    },
    [router, toast, patch],
  )

  const undo = useCallback(async () => {
    const last = judged.current.pop()
    if (last === undefined) {
      toast('There is nothing of this visit left to undo.', 'bad')
      return
    }
    const result = await run(() => undoAction(last), null)
    if (result) toast(`${countOf(result.done.length, 'deviation')} as before. Scores follow in a moment.`)
  }, [run, toast])

  const judge = useCallback<UseTriage['judge']>(
    async (targets, judgement) => {
      const result = await run(() => triageAction(targets, judgement), {
        ids: targets.map(({ id }) => id),
        change: { state: judgement.to },
      })
      if (result === null) return false
      judged.current.push(result.done)
      toast(
        <span className="flex items-center justify-between gap-2">
          {countOf(result.done.length, 'deviation')} {STATE_DONE[judgement.to]}.
          <Button variant="quiet" onClick={undo}>
            Undo
          </Button>
        </span>,
      )
      return true
    },
    [run, toast, undo],
  )

  const assign = useCallback<UseTriage['assign']>(
    async (targets, assigneeId) => {
      const result = await run(() => assignAction(targets, assigneeId), null)
      if (result) toast(`${countOf(result.done.length, 'deviation')} assigned.`)
      return result !== null
    },
    [run, toast],
  )
  return { judge, assign, undo, busy }
}

/** A server that cannot be reached is told like any other failure. */
async function answerOf(action: () => Promise<ActionResult<BulkResult>>): Promise<ActionResult<BulkResult>> {
  try {
    return await action()
  } catch {
    return {
      ok: false,
      message: 'The server did not answer. Nothing was changed as far as is known: look at the list again.',
    }
  }
}
