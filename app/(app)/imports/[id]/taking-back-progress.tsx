import { Notice } from '@/components/ui/notice'
import { Timestamp } from '@/components/ui/time'
import type { UploadRow } from '@/lib/store/screens/imports'
import type { TakingBack } from '@/lib/store/screens/jobs'
import { takingBackWords } from './taking-back-words'

type TakingBackProgressProps = {
  upload: Pick<UploadRow, 'state' | 'kept' | 'keptUntilUs'>
  job: TakingBack | null
}

/** Who has an import taken back, when and why, and how far that is. */
export function TakingBackProgress({ upload, job }: TakingBackProgressProps) {
  const { state, kept, keptUntilUs } = upload
  if (job === null) return null
  return (
    <>
      {job.state === 'failed' && (
        <Notice tone="bad" role="alert" className="mb-4">
          {job.error}
        </Notice>
      )}
      <Notice role="status" className="mb-4">
        <p className="wrap-anywhere">
          {state === 'taken-back' ? 'Taken back by' : 'Being taken back by'} {job.actorName}
          <When {...job} />
        </p>
        {job.state !== 'failed' && <p>{takingBackWords(state, job)}</p>}
        {state === 'taking-back' && kept && keptUntilUs !== null && (
          <p>
            Then the file can be read again while it is kept, until <Timestamp at={keptUntilUs} /> at most.
          </p>
        )}
      </Notice>
    </>
  )
}

function When({ atUs, reason }: Pick<TakingBack, 'atUs' | 'reason'>) {
  if (atUs === null) return null
  return (
    <>
      , <Timestamp at={atUs} />
      {reason !== null && (
        <>
          : “<bdi>{reason}</bdi>”
        </>
      )}
    </>
  )
}
