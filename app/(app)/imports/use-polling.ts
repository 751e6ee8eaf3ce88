'use client'

import { useEffect, useRef } from 'react'
import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import { useRefresh } from '@/components/shell/use-refresh'
import { CANCELLED, isOver, type Transfer, type TransferChange } from './transfer'

const POLL_MS = 1_000
/** The worker reads in order, so the oldest few are the ones that move. */
const MAX_POLLED = 4

/** Asks what became of the uploads that are being read, until none is. The answer is in the database: any web process gives it. */
export function usePolling(
  transfers: readonly Transfer[],
  change: (key: number, changes: TransferChange) => void,
): void {
  const refresh = useRefresh()
  // what is paused is asked for too, but does not keep others from being asked for
  const reading = transfers.filter(({ phase }) => phase === 'reading')
  const paused = reading.filter(({ status }) => status?.state === 'paused')
  const polled = [
    ...reading.filter(({ status }) => status?.state !== 'paused').slice(0, MAX_POLLED),
    ...paused.slice(0, MAX_POLLED),
  ]
  const latest = useRef(polled)
  useEffect(() => {
    latest.current = polled
  })
  const polling = polled.length > 0
  useEffect(() => {
    if (!polling) return
    const abort = new AbortController()
    const onStatus = (key: number, status: UploadStatus) => {
      change(key, {
        status,
        ...(isOver(status) && {
          phase: 'over',
          error: status.state === 'cancelled' ? CANCELLED : status.error,
        }),
      })
      if (isOver(status)) refresh()
    }
    void pollUntil(abort.signal, () => latest.current, onStatus)
    return () => abort.abort()
  }, [polling, change, refresh])
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
