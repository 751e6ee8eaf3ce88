import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import { formatBytes } from '@/components/ui/numbers'

/** One file on its way from the browser into the store. */
export type Transfer = {
  key: number
  name: string
  sizeBytes: number
  sentBytes: number
  /** waiting → sending → reading (the server has it) → over; stopped = the person paused the sending */
  phase: 'waiting' | 'sending' | 'stopped' | 'reading' | 'over'
  /** Why sending waits to be tried again: the connection is broken, or the server has no room. */
  waitsFor: string | null
  uploadId: string | null
  /** As last polled. */
  status: UploadStatus | null
  /** Why it failed. */
  error: string | null
}

export type TransferChange = Partial<Omit<Transfer, 'key'>>

/** Bytes of all that was chosen, sent and read: for the line above the list. */
export function totalsOf(transfers: readonly Transfer[]) {
  const sum = (read: (transfer: Transfer) => number) => transfers.reduce((total, one) => total + read(one), 0)
  return {
    files: transfers.length,
    over: transfers.filter(({ phase }) => phase === 'over').length,
    failed: transfers.filter(({ error }) => error !== null).length,
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    sentBytes: sum(({ sentBytes }) => sentBytes),
    readBytes: sum(readBytesOf),
    executions: sum(({ status }) => status?.executions ?? 0),
    records: sum(({ status }) => status?.records ?? 0),
    rejected: sum(({ status }) => status?.rejected ?? 0),
  }
}

/** What is over is done with, however it ended. */
function readBytesOf({ phase, sizeBytes, status }: Transfer): number {
  return phase === 'over' ? sizeBytes : (status?.readBytes ?? 0)
}

/** Whether the server is done with it. */
export function isOver({ state }: UploadStatus): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

/**
 * What is going on before anything can be measured; null once it can, or where nothing goes on. The server tells how much it read with the first records that it
 * has stored: until then a share of nothing would be shown for seconds.
 */
export function beginningWords(transfer: Transfer): string | null {
  const { phase, waitsFor, uploadId, sentBytes, sizeBytes, status } = transfer
  if (phase === 'sending' && waitsFor === null && sentBytes === 0)
    return uploadId === null
      ? `asks the server for room, ${formatBytes(sizeBytes)}`
      : `begins to send ${formatBytes(sizeBytes)}`
  if (phase === 'reading' && status?.state === 'running' && status.readBytes === 0 && status.records === 0)
    return `reads the first records of ${formatBytes(status.receivedBytes)}`
  return null
}
