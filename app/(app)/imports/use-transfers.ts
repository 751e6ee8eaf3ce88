'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { useRefresh } from '@/components/shell/use-refresh'
import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import { useToast } from '@/components/ui/toast'
import type { NamedFile } from './dropped-files'
import type { Said } from './send-file'
import { type QueuedFile, SendQueue } from './send-queue'
import { CANCELLED, type Transfer, type TransferChange } from './transfer'
import { usePolling } from './use-polling'
import { useWarnBeforeLeaving } from './use-warn-before-leaving'

type Step = 'cancel' | 'pause' | 'resume'
export type UploadActions = Record<Step, (uploadId: string) => Promise<ActionAnswer<unknown>>>

export type Transfers = {
  transfers: readonly Transfer[]
  add: (files: readonly NamedFile[], said: Said) => void
  /** Stops sending, or the reading where the server has it all; `resume` goes on with it. */
  pause: (transfer: Transfer) => void
  resume: (transfer: Transfer) => void
  /** Stops sending for good; what the server has already is cancelled there. None is sent while others are being cancelled. */
  cancelAll: (transfers: readonly Transfer[]) => Promise<void>
  /** Shows what is over no more. */
  forget: (transfers: readonly Transfer[]) => void
}

/** Sends files and follows what becomes of them. */
export function useTransfers(actions: UploadActions): Transfers {
  const [transfers, setTransfers] = useState<readonly Transfer[]>([])
  const nextKey = useRef(1)
  const refresh = useRefresh()
  const toast = useToast()
  const change = useCallback((key: number, changes: TransferChange) => {
    setTransfers((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  }, [])
  const queue = useMemo(() => new SendQueue(change, refresh), [change, refresh])
  usePolling(transfers, change)
  useWarnBeforeLeaving(
    transfers.some(({ phase }) => phase === 'waiting' || phase === 'sending' || phase === 'stopped'),
  )
  const ask = async (step: Step, { name, uploadId }: Transfer): Promise<boolean> => {
    if (uploadId === null) return true
    const answer = await answerOf(() => actions[step](uploadId))
    if (!answer.ok) toast(`${name}: ${answer.message}`, 'bad', uploadId)
    return answer.ok
  }
  const cancelAll = async (cancelled: readonly Transfer[]) => {
    for (const { key } of cancelled) queue.forget(key)
    const over = { phase: 'over', error: CANCELLED, waitsFor: null } as const
    for (const { key, phase } of cancelled) if (phase !== 'reading') change(key, over)
    for (const transfer of cancelled)
      if ((await ask('cancel', transfer)) && transfer.phase === 'reading') change(transfer.key, over)
  }
  return {
    transfers,
    add: (chosen, said) => {
      const drop = nextKey.current
      const added = chosen.map((one) => ({ ...one, ...said, key: nextKey.current++ }))
      setTransfers((all) => [...all, ...added.map((one) => toTransfer(one, drop))])
      queue.add(added)
    },
    pause: (transfer) => {
      const { key, phase } = transfer
      if (phase === 'reading') void ask('pause', transfer)
      else if (queue.stop(key)) change(key, { phase: 'stopped', waitsFor: null })
    },
    resume: (transfer) => {
      const { key, phase } = transfer
      if (phase === 'stopped') {
        change(key, { phase: 'waiting' })
        queue.resume(key)
      } else void ask('resume', transfer)
    },
    cancelAll,
    forget: (over) => {
      const keys = new Set(over.map(({ key }) => key))
      setTransfers((all) => all.filter(({ key }) => !keys.has(key)))
    },
  }
}

function toTransfer({ key, name, file }: QueuedFile, drop: number): Transfer {
  return {
    key,
    drop,
    name,
    sizeBytes: file.size,
    sentBytes: 0,
    phase: 'waiting',
    waitsFor: null,
    uploadId: null,
    status: null,
    error: null,
  }
}
