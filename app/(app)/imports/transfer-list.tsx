import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import { Button, IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Link } from '@/components/ui/link'
import { countOf, formatBytes, formatNumber } from '@/components/ui/numbers'
import { visible } from '@/lib/pipeline/visible-text'
import { ProgressBar } from './reading-progress'
import {
  beginningWords,
  byDrop,
  CANCELLED,
  folderOf,
  inOrderOfNews,
  isUnread,
  shownState,
  type Transfer,
  totalsOf,
} from './transfer'
import { useTimeLeft } from './use-time-left'
import type { Transfers } from './use-transfers'

/** Of many files, the first by their news are shown; the rest is in the sums. */
const MAX_SHOWN = 30

type Steps = Pick<Transfers, 'pause' | 'resume'> & { cancel: (transfer: Transfer) => void }
type TransferListProps = Omit<Transfers, 'add'>

/** What was dropped together is one group, followed and cancelled as one. */
export function TransferList({ transfers, ...steps }: TransferListProps) {
  return byDrop(transfers).map((files) => <Drop key={files[0]?.drop} files={files} {...steps} />)
}

type DropProps = Omit<TransferListProps, 'transfers'> & { files: readonly Transfer[] }

function Drop({ files, cancelAll, forget, ...steps }: DropProps) {
  const [asking, setAsking] = useState<number | 'all' | null>(null)
  const open = files.filter(({ phase }) => phase !== 'over')
  const asked = asking === 'all' ? open : open.filter(({ key }) => key === asking)
  const folder = folderOf(files)
  return (
    <section aria-label={folder ?? countOf(files.length, 'file')} className="rounded border">
      <div className="flex flex-wrap items-center gap-x-3 border-b px-3 py-1">
        <Sums files={files} folder={folder} />
        {open.length > 1 && <Button onClick={() => setAsking('all')}>Cancel all</Button>}
        {open.length === 0 && (
          <IconButton label="Dismiss" icon={<X aria-hidden />} onClick={() => forget(files)} />
        )}
      </div>
      <ul className="max-h-80 overflow-y-auto">
        {inOrderOfNews(files)
          .slice(0, MAX_SHOWN)
          .map((transfer) => (
            <TransferLine
              key={transfer.key}
              transfer={transfer}
              steps={{ ...steps, cancel: ({ key }) => setAsking(key) }}
            />
          ))}
      </ul>
      {files.length > MAX_SHOWN && (
        <p className="border-t px-3 py-1 text-muted text-small">
          And {countOf(files.length - MAX_SHOWN, 'more file')}.
        </p>
      )}
      {asked.length > 0 && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(null)}
          title={cancelTitle(asked)}
          effect={cancelWords(asked)}
          confirm={asked.length === 1 ? 'Cancel import' : 'Cancel imports'}
          dismiss="Keep importing"
          onConfirm={() => Promise.resolve(cancelAll(asked))}
        />
      )}
    </section>
  )
}

function Sums({ files, folder }: { files: readonly Transfer[]; folder: string | null }) {
  const totals = totalsOf(files)
  // bytes are sent first and read then: half of the way each
  const left = useTimeLeft(totals.sentBytes + totals.readBytes, 2 * totals.sizeBytes)
  return (
    <p role="status" className="min-w-60 flex-1 py-1">
      {folder !== null && (
        <span className="mr-2 font-medium">
          <InertText text={folder} />
        </span>
      )}
      <span className="font-medium">
        {formatNumber(totals.over)} of {countOf(totals.files, 'file')} done
      </span>
      <span className="text-muted">
        {' '}
        · {formatBytes(totals.sentBytes)} of {formatBytes(totals.sizeBytes)} sent ·{' '}
        {countOf(totals.records, 'record')} read · {countOf(totals.executions, 'new execution')} ·{' '}
        {formatNumber(totals.rejected)} rejected
        {files.some(isMoving) && left}
      </span>
      {totals.failed > 0 && <span className="text-bad"> · {formatNumber(totals.failed)} failed</span>}
    </p>
  )
}

function cancelTitle([first, ...others]: readonly Transfer[]): string {
  if (first === undefined) return ''
  return others.length === 0
    ? `Cancel ${visible(first.name)}?`
    : `Cancel ${formatNumber(others.length + 1)} files?`
}

/** What is lost, and what is not. */
function cancelWords(asked: readonly Transfer[]): string {
  const unsent = asked.filter(({ phase }) => phase !== 'reading')
  const words = [
    unsent.length < asked.length && 'What has been read stays. The rest is not read',
    unsent.length > 0 &&
      `${unsent.length === 1 ? '' : `Of ${countOf(unsent.length, 'file')}, `}${sentWords(unsent)}`,
  ].filter((part) => part !== false)
  return `${words.join('. ')}; it can be imported again, and nothing is stored twice.`
}

function sentWords(unsent: readonly Transfer[]): string {
  const { sentBytes, sizeBytes } = totalsOf(unsent)
  return `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)} were sent. Nothing of ${unsent.length === 1 ? 'it' : 'them'} is read`
}

function isMoving({ phase, waitsFor, status }: Transfer): boolean {
  return (phase === 'sending' && waitsFor === null) || (phase === 'reading' && status?.state === 'running')
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
      {error !== null && error !== CANCELLED && <span className="w-full text-bad">{error}</span>}
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
      if (error === CANCELLED) return <ImportBadge state="cancelled" />
      if (status === null) return <ImportBadge state="failed" />
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
