import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import { formatBytes } from '@/components/ui/numbers'

/** One file on its way from the browser into the store. */
export type Transfer = {
  key: number
  /** Files that were dropped or chosen together have one. */
  drop: number
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

export type TransferChange = Partial<Omit<Transfer, 'key' | 'drop'>>

/** Why it is over where somebody cancelled it. */
export const CANCELLED = 'Cancelled.'

/** Those of each drop, the newest drop first, files as they came. */
export function byDrop(transfers: readonly Transfer[]): Transfer[][] {
  const drops = new Map<number, Transfer[]>()
  for (const one of transfers) drops.set(one.drop, [...(drops.get(one.drop) ?? []), one])
  return [...drops].sort(([a], [b]) => b - a).map(([, files]) => files)
}

/** The folder that all of several files lie in; null = there is none. */
export function folderOf(transfers: readonly Pick<Transfer, 'name'>[]): string | null {
  const folders = new Set(transfers.map(({ name }) => (name.includes('/') ? name.split('/')[0] : null)))
  const [only = null] = folders
  return folders.size === 1 ? only : null
}

/** Failures first, then what moves, then what is done, and what waits for its turn last. */
export function inOrderOfNews(transfers: readonly Transfer[]): Transfer[] {
  return [...transfers].sort((a, b) => rank(a) - rank(b))
}

const RANK: Record<Transfer['phase'], number> = { sending: 1, stopped: 1, reading: 2, over: 3, waiting: 4 }

function rank(transfer: Transfer): number {
  if (hasFailed(transfer)) return 0
  // of those that the server has, the one that it reads is the news
  if (transfer.status?.state === 'running' && transfer.phase === 'reading') return 1
  return RANK[transfer.phase]
}

/** Whether nothing came of it that its sender wanted: it was not sent, or nothing of it could be read. Cancelling is no failure. */
export function hasFailed({ phase, error, status }: Transfer): boolean {
  if (phase !== 'over' || error === CANCELLED) return false
  return error !== null || (status !== null && ['failed', 'rejected', 'unread'].includes(shownState(status)))
}

/** Nothing of it could be read: the upload is done, the file is not. */
export function isUnread({ files }: UploadStatus): boolean {
  return files.length > 0 && files.every(({ state }) => state === 'rejected')
}

export function shownState(status: UploadStatus): string {
  if (isUnread(status)) return 'rejected'
  const { state, records, rejected, damaged } = status
  return state === 'done' && rejected + damaged > 0 && rejected >= records ? 'unread' : state
}

/** Bytes of all that was chosen, sent and read: for the line above the list. */
export function totalsOf(transfers: readonly Transfer[]) {
  const sum = (read: (transfer: Transfer) => number) => transfers.reduce((total, one) => total + read(one), 0)
  return {
    files: transfers.length,
    over: transfers.filter(({ phase }) => phase === 'over').length,
    failed: transfers.filter(hasFailed).length,
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
