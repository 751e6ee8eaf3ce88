'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { NamedFile } from './dropped-files'
import { type QueuedFile, SendQueue } from './send-queue'
import type { Transfer, TransferChange } from './transfer'
import { usePolling } from './use-polling'
import { useWarnBeforeLeaving } from './use-warn-before-leaving'

export type UploadActions = Record<'cancel' | 'pause' | 'resume', (uploadId: string) => Promise<unknown>>

export type Transfers = {
  transfers: readonly Transfer[]
  add: (files: readonly NamedFile[], host: string) => void
  /** Stops sending, or the reading where the server has it all; `resume` goes on with it. */
  pause: (transfer: Transfer) => void
  resume: (transfer: Transfer) => void
  /** Stops sending for good; what the server has already is cancelled there. */
  cancel: (transfer: Transfer) => void
}

/** Sends files and follows what becomes of them. */
export function useTransfers(actions: UploadActions): Transfers {
  const [transfers, setTransfers] = useState<readonly Transfer[]>([])
  const nextKey = useRef(1)
  const router = useRouter()
  const change = useCallback((key: number, changes: TransferChange) => {
    setTransfers((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  }, [])
  const queue = useMemo(() => new SendQueue(change, () => router.refresh()), [change, router])
  usePolling(transfers, change)
  useWarnBeforeLeaving(
    transfers.some(({ phase }) => phase === 'waiting' || phase === 'sending' || phase === 'stopped'),
  )
  return {
    transfers,
    add: (chosen, host) => {
      const added = chosen.map((one) => ({ ...one, host, key: nextKey.current++ }))
      setTransfers((all) => [...all, ...added.map(toTransfer)])
      queue.add(added)
    },
    pause: ({ key, uploadId, phase }) => {
      if (phase === 'reading') {
        if (uploadId !== null) void actions.pause(uploadId)
      } else if (queue.stop(key)) change(key, { phase: 'stopped', offline: false })
    },
    resume: ({ key, uploadId, phase }) => {
      if (phase === 'stopped') {
        change(key, { phase: 'waiting' })
        queue.resume(key)
      } else if (uploadId !== null) void actions.resume(uploadId)
    },
    cancel: ({ key, uploadId, phase }) => {
      queue.forget(key)
      if (phase !== 'reading') change(key, { phase: 'over', error: 'Cancelled.', offline: false })
      if (uploadId !== null) void actions.cancel(uploadId)
    },
  }
}

function toTransfer({ key, name, file }: QueuedFile): Transfer {
  return {
    key,
    name,
    sizeBytes: file.size,
    sentBytes: 0,
    phase: 'waiting',
    offline: false,
    uploadId: null,
    status: null,
    error: null,
  }
}
