import { Download } from 'lucide-react'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import { Notice } from '@/components/ui/notice'
import { formatBytes, formatNumber } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { LinkTabs } from '@/components/ui/tabs'
import { RelativeTime } from '@/components/ui/time'
import { withWholeDates } from '@/components/ui/whole-dates'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { type ImportHosts, summariseImportHosts } from '@/lib/store/screens/import-hosts'
import { findUpload, importViewer, type UploadDetail, type UploadRow } from '@/lib/store/screens/imports'
import { findTakingBack } from '@/lib/store/screens/jobs'
import { findReadAgains } from '@/lib/store/screens/read-agains'
import { CHANNEL_LABELS } from '../channel-labels'
import { ReadingProgress } from '../reading-progress'
import { RefreshWhile } from '../refresh-while'
import { countedWords } from './counted-words'
import { hostWords } from './host-words'
import { ReadAgain } from './read-again'
import { SameFileLinks } from './same-file'
import { stepsOf, TAKEN, WAITING } from './steps-of'
import { TakeBack } from './take-back'
import { TakingBackProgress } from './taking-back-progress'
import { isUploadId } from './upload-id'
import { UploadSteps } from './upload-steps'

const DATE_WORDS = { dmy: 'day before month', mdy: 'month before day' } as const

type ImportLayoutProps = { params: Promise<{ id: string }>; children: ReactNode }

export default async function ImportLayout({ params, children }: ImportLayoutProps) {
  const actor = await requireActor()
  const { id } = await params
  const viewer = importViewer(actor)
  const upload = isUploadId(id) ? await findUpload(viewer, id) : null
  if (!upload) notFound()
  const isTaken = TAKEN.includes(upload.state)
  const [takingBack, readAgains, hosts] = await Promise.all([
    isTaken ? findTakingBack(upload.id) : null,
    findReadAgains(viewer, upload.id),
    summariseImportHosts(viewer, upload.id),
  ])
  const { isMoving, isUnfinished, takeBackLabel } = stepsOf(actor, upload, takingBack)
  const bytes = upload.sizeBytes ?? upload.receivedBytes
  return (
    <>
      <RefreshWhile moving={isMoving} />
      <PageHeader
        title={<InertText text={upload.name} />}
        name={upload.name}
        badges={
          <>
            <ImportBadge state={upload.shownState} />
            {(upload.state === 'running' || WAITING.includes(upload.state)) && (
              <ReadingProgress upload={upload} />
            )}
          </>
        }
        description={
          <>
            {CHANNEL_LABELS[upload.channel]}, by {upload.actorName}, <RelativeTime at={upload.createdAtUs} />
            {bytes > 0 && <>, {formatBytes(bytes)}</>}
            <Said upload={upload} />
            <Told hosts={hosts} seesAll={viewer.scope.kind === 'all'} />
          </>
        }
        actions={
          <>
            {takeBackLabel !== null && (
              <TakeBack uploadId={upload.id} label={takeBackLabel} isTaken={upload.state === 'taken-back'} />
            )}
            {isUnfinished && <UploadSteps uploadId={upload.id} state={upload.state} />}
            {upload.rejected + upload.damaged + upload.filesRejected > 0 && (
              <a
                href={`/api/imports/${upload.id}/rejections.csv`}
                download
                className="inline-flex h-7 items-center gap-1.5 rounded border border-line-strong bg-raised px-2.5 font-medium hover:bg-hover [&_svg]:size-3.5"
              >
                <Download aria-hidden />
                Rejections as CSV
              </a>
            )}
          </>
        }
      />
      {upload.error !== null && (
        <Notice tone="bad" role="alert" className="mb-4">
          {upload.error}
        </Notice>
      )}
      {upload.state === 'interrupted' && (
        <Notice className="mb-4">
          The command that read it ended before it was through. What was read is kept; the same command, on
          the same machine and from the same folder, goes on from there.
        </Notice>
      )}
      <TakingBackProgress upload={upload} job={takingBack} />
      <SameFileLinks {...readAgains} />
      {actorMay(actor, 'import') && <ReadAgain upload={upload} />}
      {isTaken && <p className="mb-1 text-muted">What was read before it was taken back:</p>}
      <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-2">
        <Figure label="Records" value={upload.records} />
        <Figure label="New processes" value={upload.processes} />
        <Figure label="New executions of proxy binaries" value={upload.executions} />
        <Figure label="Duplicate executions" value={upload.executionsDuplicate} />
        <Figure label="Rejected records" value={upload.rejected} />
        {upload.damaged > 0 && <Figure label="Damaged places" value={upload.damaged} />}
        <Figure label="Files not read" value={upload.filesRejected} />
      </dl>
      <Counted upload={upload} />
      <ImportTabs upload={upload} hosts={hosts} />
      <div className="pt-3">{children}</div>
    </>
  )
}

/** What was said of files that do not say it themselves. */
function Said({ upload: { hostOverride, dateOrder } }: { upload: UploadRow }) {
  return (
    <>
      {hostOverride !== null && <>; records without a host belong to {hostOverride}</>}
      {dateOrder !== null && <>; dates of its tables are {DATE_WORDS[dateOrder]}</>}
    </>
  )
}

/** Of which hosts and days it tells, where that is known. */
function Told({ hosts, seesAll }: { hosts: ImportHosts; seesAll: boolean }) {
  const words = hostWords(hosts, seesAll)
  return words === null ? null : <p>{withWholeDates(words)}</p>
}

/** What became of records that are neither stored nor rejected. */
function Counted({ upload }: { upload: UploadDetail }) {
  const words = countedWords(upload)
  return words === null ? null : <p className="-mt-1 mb-4 max-w-prose text-muted">{words}</p>
}

function ImportTabs({ upload, hosts }: { upload: UploadRow; hosts: ImportHosts }) {
  const { id, state, channel, files, rejected, damaged } = upload
  const hostsTab = {
    href: `/imports/${id}/hosts`,
    label: 'Hosts',
    ...(hosts.complete && { count: formatNumber(hosts.hosts) }),
  }
  return (
    <LinkTabs
      label="What became of it"
      tabs={[
        { href: `/imports/${id}`, label: 'Files', count: formatNumber(files) },
        ...(TAKEN.includes(state) || channel === 'shipper' ? [] : [hostsTab]),
        {
          href: `/imports/${id}/rejections`,
          label: damaged > 0 ? 'Rejected and damaged' : 'Rejected records',
          count: formatNumber(rejected + damaged),
        },
      ]}
    />
  )
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt className="text-muted text-small">{label}</dt>
      <dd className="font-semibold text-heading">{formatNumber(value)}</dd>
    </div>
  )
}
