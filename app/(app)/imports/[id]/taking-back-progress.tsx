import { countOf, formatNumber } from '@/components/ui/numbers'
import type { TakingBack } from '@/lib/store/screens/jobs'

type TakingBackProgressProps = { state: string; job: TakingBack | null }

/** How far the taking back of an import is, or that it is over. */
export function TakingBackProgress({ state, job }: TakingBackProgressProps) {
  if (job === null) return null
  if (job.state === 'failed')
    return (
      <p role="alert" className="mb-4 rounded border border-transparent bg-bad-soft px-3 py-2 text-bad">
        {job.error}
      </p>
    )
  return (
    <p role="status" className="mb-4 rounded border border-transparent bg-warn-soft px-3 py-2">
      {state === 'taken-back' ? (
        <>
          Taken back by {job.actorName}. {job.state === 'done' ? OVER : FOLLOWING}
        </>
      ) : (
        progressWords(job)
      )}
    </p>
  )
}

const OVER =
  'What it brought is gone, and days that it changed are computed anew. The figures below say what was read.'
const FOLLOWING = 'What it brought is gone; what was derived of it follows.'

function progressWords({ done, days, actorName }: TakingBack): string {
  if (days === 0) return `${actorName} has it taken back: it begins in a moment.`
  return `${actorName} has it taken back: ${formatNumber(done)} of ${countOf(days, "host's day", "hosts' days")} are done.`
}
