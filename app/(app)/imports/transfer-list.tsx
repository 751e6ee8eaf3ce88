import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import { IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Link } from '@/components/ui/link'
import { countOf, formatBytes, formatNumber } from '@/components/ui/numbers'
import { visible } from '@/lib/pipeline/visible-text'
import { ProgressBar } from './reading-progress'
import { beginningWords, type Transfer, totalsOf } from './transfer'
import { useTimeLeft } from './use-time-left'
import type { Transfers } from './use-transfers'

/** Of many files, those that move or failed come first; the rest is in the sums. */
const MAX_SHOWN = 30

type Steps = Pick<Transfers, 'pause' | 'resume' | 'cancel'>
type TransferListProps = Steps & { transfers: readonly Transfer[] }

export function TransferList({ transfers, ...steps }: TransferListProps) {
  const [asking, setAsking] = useState<number | null>(null)
  const totals = totalsOf(transfers)
  // bytes are sent first and read then: half of the way each
  const left = useTimeLeft(totals.sentBytes + totals.readBytes, 2 * totals.sizeBytes)
  if (transfers.length === 0) return null
  const asked = transfers.find(({ key, phase }) => key === asking && phase !== 'over')
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
          {transfers.some(isMoving) && left}
        </span>
      </p>
      <ul className="max-h-80 overflow-y-auto">
        {shown.map((transfer) => (
          <TransferLine
            key={transfer.key}
            transfer={transfer}
            steps={{ ...steps, cancel: ({ key }) => setAsking(key) }}
          />
        ))}
      </ul>
      {transfers.length > MAX_SHOWN && (
        <p className="border-t px-3 py-1 text-muted text-small">
          And {countOf(transfers.length - MAX_SHOWN, 'more file')}.
        </p>
      )}
      {asked !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(null)}
          title={`Cancel ${visible(asked.name)}?`}
          effect={cancelWords(asked)}
          confirm="Cancel import"
          dismiss="Keep importing"
          onConfirm={() => Promise.resolve(steps.cancel(asked))}
        />
      )}
    </div>
  )
}

/** What is lost, and what is not. */
function cancelWords({ phase, sentBytes, sizeBytes }: Transfer): string {
  const kept =
    phase === 'reading'
      ? 'What has been read of it stays. The rest is not read'
      : `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)} were sent. Nothing of it is read`
  return `${kept}; it can be imported again, and nothing is stored twice.`
}

function isMoving({ phase, waitsFor, status }: Transfer): boolean {
  return (phase === 'sending' && waitsFor === null) || (phase === 'reading' && status?.state === 'running')
}

const RANK: Record<Transfer['phase'], number> = { sending: 0, stopped: 1, reading: 1, waiting: 3, over: 4 }

function rank({ phase, error }: Transfer): number {
  return error === null ? RANK[phase] : 2
}

function TransferLine({ transfer, steps }: { transfer: Transfer; steps: Steps }) {
  const { name, uploadId, error, phase, waitsFor } = transfer
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 border-b px-3 py-1 last:border-b-0">
      {uploadId === null ? (
        <span className="min-w-40 flex-1 truncate" title={visible(name)}>
          <InertText text={name} />
        </span>
      ) : (
        <Link href={`/imports/${uploadId}`} className="link min-w-40 flex-1 truncate" title={visible(name)}>
          <InertText text={name} />
        </Link>
      )}
      <Phase transfer={transfer} />
      {waitsFor !== null && <span className="w-full text-warn">{waitsFor} It is tried again.</span>}
      {error !== null && <span className="w-full text-bad">{error}</span>}
      {phase !== 'over' && <Controls transfer={transfer} steps={steps} />}
    </li>
  )
}

function Controls({ transfer, steps }: { transfer: Transfer; steps: Steps }) {
  const { name, phase, status } = transfer
  const paused = phase === 'stopped' || (phase === 'reading' && status?.state === 'paused')
  return (
    <span className="flex">
      {paused ? (
        <IconButton
          label={`Resume ${name}`}
          icon={<Play aria-hidden />}
          onClick={() => steps.resume(transfer)}
        />
      ) : (
        <IconButton
          label={`Pause ${name}`}
          icon={<Pause aria-hidden />}
          onClick={() => steps.pause(transfer)}
        />
      )}
      <IconButton label={`Cancel ${name}`} icon={<X aria-hidden />} onClick={() => steps.cancel(transfer)} />
    </span>
  )
}

function Phase({ transfer }: { transfer: Transfer }) {
  const { phase, sizeBytes, status, error } = transfer
  const beginning = beginningWords(transfer)
  if (beginning !== null) return <span className="text-muted">{beginning}</span>
  switch (phase) {
    case 'waiting':
      return <span className="text-muted">waits, {formatBytes(sizeBytes)}</span>
    case 'sending':
    case 'stopped':
      return <Sent transfer={transfer} />
    case 'reading':
      if (status === null || status.state === 'receiving') return <ImportBadge state="queued" />
      if (status.state !== 'running' && status.records === 0) return <ImportBadge state={status.state} />
      return <Reading status={status} />
    case 'over':
      if (status === null) return <ImportBadge state={error === 'Cancelled.' ? 'cancelled' : 'failed'} />
      return (
        <>
          <span className="text-muted">{resultWords(status)}</span>
          <ImportBadge state={shownState(status)} />
        </>
      )
  }
}

function Sent({ transfer: { phase, waitsFor, sentBytes, sizeBytes } }: { transfer: Transfer }) {
  const left = useTimeLeft(sentBytes, sizeBytes)
  return (
    <>
      {phase === 'stopped' && <ImportBadge state="paused" />}
      <ProgressBar
        name="Sent"
        share={sizeBytes === 0 ? 0 : sentBytes / sizeBytes}
        label={`${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)} sent${phase === 'sending' && waitsFor === null ? left : ''}`}
      />
    </>
  )
}

function Reading({ status }: { status: Status }) {
  const { state, readBytes, receivedBytes, records, executions } = status
  const left = useTimeLeft(readBytes, receivedBytes)
  const words = [
    `${formatBytes(readBytes)} of ${formatBytes(receivedBytes)} read`,
    countOf(records, 'record'),
    countOf(executions, 'execution'),
  ]
  return (
    <>
      {state !== 'running' && <ImportBadge state={state} />}
      <ProgressBar
        name="Read"
        share={receivedBytes === 0 ? 0 : Math.min(1, readBytes / receivedBytes)}
        label={`${words.join(' · ')}${state === 'running' ? left : ''}`}
      />
    </>
  )
}

type Status = NonNullable<Transfer['status']>

/** Nothing of it could be read: the upload is done, the file is not. */
function isUnread({ files }: Status): boolean {
  return files.length > 0 && files.every(({ state }) => state === 'rejected')
}

function shownState(status: Status): string {
  if (isUnread(status)) return 'rejected'
  const { state, records, rejected, damaged } = status
  return state === 'done' && rejected + damaged > 0 && rejected >= records ? 'unread' : state
}

function resultWords(status: Status): string {
  if (isUnread(status)) return status.files[0]?.error ?? 'could not be read'
  const { records, executions, executionsDuplicate, rejected, damaged } = status
  const words = [countOf(records, 'record'), countOf(executions, 'new execution')]
  if (executionsDuplicate > 0) words.push(`${formatNumber(executionsDuplicate)} duplicate`)
  if (rejected > 0) words.push(`${formatNumber(rejected)} rejected`)
  if (damaged > 0) words.push(countOf(damaged, 'damaged place'))
  if (status.hostless > 0) words.push('records name no host: open it to read it again with one')
  return words.join(' · ')
}
