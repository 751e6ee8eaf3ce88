'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
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

export const STATE_DONE = {
  open: 'reopened',
  flagged: 'flagged',
  expected: 'marked as expected',
  'authorised-test': 'marked as an authorised test',
  malicious: 'marked as malicious',
} as const

export type UseTriage = {
  judge: (targets: readonly Target[], judgement: Judgement) => Promise<boolean>
  assign: (targets: readonly Target[], assigneeId: string | null) => Promise<boolean>
  /** Takes the last judgement of this visit back. */
  undo: () => Promise<void>
  busy: boolean
}

/** Triage with its messages; what was judged on this page can be undone, last first. */
export function useTriage(): UseTriage {
  const toast = useToast()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const judged = useRef<Target[][]>([])

  const run = useCallback(
    async (action: () => Promise<ActionResult<BulkResult>>): Promise<BulkResult | null> => {
      setBusy(true)
      const answer = await action().finally(() => setBusy(false))
      router.refresh()
      if (!answer.ok) {
        toast(answer.message, 'bad')
        return null
      }
      const [failure] = answer.value.failed
      if (failure)
        toast(`${countOf(answer.value.failed.length, 'deviation')} unchanged: ${failure.message}`, 'bad')
      return answer.value
    },
    [router, toast],
  )

  const undo = useCallback(async () => {
    const last = judged.current.pop()
    if (last === undefined) {
      toast('There is nothing of this visit left to undo.', 'bad')
      return
    }
    const result = await run(() => undoAction(last))
    if (result) toast(`${countOf(result.done.length, 'deviation')} as before. Scores follow in a moment.`)
  }, [run, toast])

  const judge = useCallback<UseTriage['judge']>(
    async (targets, judgement) => {
      const result = await run(() => triageAction(targets, judgement))
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
      const result = await run(() => assignAction(targets, assigneeId))
      if (result) toast(`${countOf(result.done.length, 'deviation')} assigned.`)
      return result !== null
    },
    [run, toast],
  )
  return { judge, assign, undo, busy }
}
