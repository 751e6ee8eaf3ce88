import { X } from 'lucide-react'
import Link from 'next/link'
import { ImportBadge } from '@/components/state/state-badge'
import { IconButton } from '@/components/ui/button'
import { countOf, formatBytes, formatNumber } from '@/components/ui/numbers'
import { ProgressBar } from './reading-progress'
import { type Transfer, totalsOf } from './transfer'

/** Of many files, those that move or failed come first; the rest is in the sums. */
const MAX_SHOWN = 30

type TransferListProps = { transfers: readonly Transfer[]; cancel: (transfer: Transfer) => void }

export function TransferList({ transfers, cancel }: TransferListProps) {
  if (transfers.length === 0) return null
  const totals = totalsOf(transfers)
  const shown = [...transfers].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_SHOWN)
  return (
    <div className="rounded border">
      <p role="status" className="border-b px-3 py-2">
        <span className="font-medium">
          {formatNumber(totals.over)} of {countOf(totals.files, 'file')} done
        </span>
        <span className="text-muted">
          {' '}
          · {formatBytes(totals.sentBytes)} of {formatBytes(totals.sizeBytes)} sent ·{' '}
          {countOf(totals.records, 'record')} read · {countOf(totals.executions, 'new execution')} ·{' '}
          {formatNumber(totals.rejected)} rejected
          {totals.failed > 0 && ` · ${formatNumber(totals.failed)} failed`}
        </span>
      </p>
      <ul className="max-h-80 overflow-y-auto">
        {shown.map((transfer) => (
          <TransferLine key={transfer.key} transfer={transfer} cancel={cancel} />
        ))}
      </ul>
      {transfers.length > MAX_SHOWN && (
        <p className="border-t px-3 py-1 text-muted text-small">
          And {countOf(transfers.length - MAX_SHOWN, 'more file')}.
        </p>
      )}
    </div>
  )
}

const RANK: Record<Transfer['phase'], number> = { sending: 0, reading: 1, waiting: 3, over: 4 }

function rank({ phase, error }: Transfer): number {
  return error === null ? RANK[phase] : 2
}

function TransferLine({ transfer, cancel }: { transfer: Transfer; cancel: (transfer: Transfer) => void }) {
  const { name, uploadId, error, phase } = transfer
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 border-b px-3 py-1 last:border-b-0">
      {uploadId === null ? (
        <span className="min-w-0 flex-1 truncate" title={name}>
          {name}
        </span>
      ) : (
        <Link href={`/imports/${uploadId}`} className="link min-w-0 flex-1 truncate" title={name}>
          {name}
        </Link>
      )}
      <Phase transfer={transfer} />
      {error !== null && <span className="w-full text-bad">{error}</span>}
      {phase !== 'over' && (
        <IconButton label={`Cancel ${name}`} icon={<X aria-hidden />} onClick={() => cancel(transfer)} />
      )}
    </li>
  )
}

function Phase({ transfer }: { transfer: Transfer }) {
  const { phase, sentBytes, sizeBytes, status, error } = transfer
  switch (phase) {
    case 'waiting':
      return <span className="text-muted">waits, {formatBytes(sizeBytes)}</span>
    case 'sending':
      return (
        <ProgressBar
          share={sizeBytes === 0 ? 0 : sentBytes / sizeBytes}
          label={`${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)} sent`}
        />
      )
    case 'reading':
      if (status === null || status.state === 'queued') return <ImportBadge state="queued" />
      return (
        <ProgressBar
          share={status.receivedBytes === 0 ? 0 : Math.min(1, status.readBytes / status.receivedBytes)}
          label={`${formatBytes(status.readBytes)} of ${formatBytes(status.receivedBytes)} read · ${countOf(status.records, 'record')} · ${countOf(status.executions, 'execution')}`}
        />
      )
    case 'over':
      if (status === null) return <ImportBadge state={error === 'Cancelled.' ? 'cancelled' : 'failed'} />
      return (
        <>
          <span className="text-muted">{resultWords(status)}</span>
          <ImportBadge state={isUnread(status) ? 'rejected' : status.state} />
        </>
      )
  }
}

type Status = NonNullable<Transfer['status']>

/** Nothing of it could be read: the upload is done, the file is not. */
function isUnread({ files }: Status): boolean {
  return files.length > 0 && files.every(({ state }) => state === 'rejected')
}

function resultWords(status: Status): string {
  if (isUnread(status)) return status.files[0]?.error ?? 'could not be read'
  const { records, executions, executionsDuplicate, rejected } = status
  const words = [countOf(records, 'record'), countOf(executions, 'new execution')]
  if (executionsDuplicate > 0) words.push(`${formatNumber(executionsDuplicate)} duplicate`)
  if (rejected > 0) words.push(`${formatNumber(rejected)} rejected`)
  return words.join(' · ')
}
