'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import type { NamedFile } from './dropped-files'
import { sendFile } from './send-file'
import { isOver, type Transfer, type TransferChange } from './transfer'

/** Files sent at once: two keep the line busy while one waits for its answer. */
const PARALLEL = 2
const POLL_MS = 1_000
/** The worker reads in order, so the oldest few are the ones that move. */
const MAX_POLLED = 4

type Waiting = NamedFile & { key: number; host: string }

export type Transfers = {
  transfers: readonly Transfer[]
  add: (files: readonly NamedFile[], host: string) => void
  /** Stops sending; what the server has already is cancelled there by `cancelUpload`. */
  cancel: (transfer: Transfer) => void
}

/** Sends files, two at a time, and follows what becomes of them. */
export function useTransfers(cancelUpload: (uploadId: string) => Promise<unknown>): Transfers {
  const [transfers, setTransfers] = useState<readonly Transfer[]>([])
  const queue = useRef<Waiting[]>([])
  const sending = useRef(new Map<number, AbortController>())
  const nextKey = useRef(1)
  const router = useRouter()
  const change = useCallback((key: number, changes: TransferChange) => {
    setTransfers((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  }, [])

  const pump = useCallback(async () => {
    while (sending.current.size < PARALLEL) {
      const next = queue.current.shift()
      if (!next) return
      const abort = new AbortController()
      sending.current.set(next.key, abort)
      change(next.key, { phase: 'sending' })
      void sendFile(
        next.file,
        next.name,
        next.host,
        (sentBytes) => change(next.key, { sentBytes }),
        abort.signal,
      ).then((result) => {
        sending.current.delete(next.key)
        if (result.kind === 'accepted')
          change(next.key, { phase: 'reading', uploadId: result.id, sentBytes: next.file.size })
        else
          change(next.key, { phase: 'over', error: result.kind === 'failed' ? result.message : 'Cancelled.' })
        router.refresh()
        void pump()
      })
    }
  }, [change, router])

  const add = useCallback<Transfers['add']>(
    (files, host) => {
      const added = files.map(({ file, name }) => ({ file, name, host, key: nextKey.current++ }))
      queue.current.push(...added)
      setTransfers((all) => [...all, ...added.map(toTransfer)])
      void pump()
    },
    [pump],
  )

  const cancel = useCallback<Transfers['cancel']>(
    (transfer) => {
      queue.current = queue.current.filter(({ key }) => key !== transfer.key)
      sending.current.get(transfer.key)?.abort()
      if (transfer.phase === 'waiting') change(transfer.key, { phase: 'over', error: 'Cancelled.' })
      if (transfer.uploadId !== null) void cancelUpload(transfer.uploadId)
    },
    [change, cancelUpload],
  )

  usePolling(transfers, change)
  useWarnBeforeLeaving(transfers.some(({ phase }) => phase === 'waiting' || phase === 'sending'))
  return { transfers, add, cancel }
}

function toTransfer({ key, name, file }: Waiting): Transfer {
  return {
    key,
    name,
    sizeBytes: file.size,
    sentBytes: 0,
    phase: 'waiting',
    uploadId: null,
    status: null,
    error: null,
  }
}

/** Asks what became of the uploads that are being read, until none is. */
function usePolling(
  transfers: readonly Transfer[],
  change: (key: number, changes: TransferChange) => void,
): void {
  const router = useRouter()
  const polled = transfers.filter(({ phase }) => phase === 'reading').slice(0, MAX_POLLED)
  const latest = useRef(polled)
  useEffect(() => {
    latest.current = polled
  })
  const polling = polled.length > 0
  useEffect(() => {
    if (!polling) return
    const abort = new AbortController()
    const onStatus = (key: number, status: UploadStatus) => {
      change(key, { status, ...(isOver(status) && { phase: 'over', error: status.error }) })
      if (isOver(status)) router.refresh()
    }
    void pollUntil(abort.signal, () => latest.current, onStatus)
    return () => abort.abort()
  }, [polling, change, router])
}

/** One round after the other, so that a slow server is not asked twice at once. */
async function pollUntil(
  signal: AbortSignal,
  reading: () => readonly Transfer[],
  onStatus: (key: number, status: UploadStatus) => void,
): Promise<void> {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    for (const { key, uploadId } of reading()) {
      const status = uploadId === null ? null : await fetchStatus(uploadId)
      if (status !== null && !signal.aborted) onStatus(key, status)
    }
  }
}

/** null when the server did not answer: the next poll asks again. */
async function fetchStatus(uploadId: string): Promise<UploadStatus | null> {
  try {
    const response = await fetch(`/api/ingest/v1/uploads/${uploadId}`)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

/** What is not sent yet is lost with the page. */
function useWarnBeforeLeaving(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsent])
}
