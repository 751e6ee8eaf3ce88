import { formatNumber } from '@/components/ui/numbers'
import type { LastJob } from '@/lib/store/screens/jobs'
import { RefreshWhile } from '../../imports/refresh-while'
import { rematchedWords } from './rematched-words'

/** What the last change of the catalogue does, or did, to what is stored. */
export function JobLine({ job }: { job: LastJob | null }) {
  if (job === null) return null
  const moving = job.state === 'queued' || job.state === 'running'
  return (
    <>
      <RefreshWhile moving={moving} />
      <p role="status" className="mb-4 flex items-center gap-2 text-muted">
        {moving && <span aria-hidden className="size-2 rounded-full bg-accent motion-safe:animate-pulse" />}
        <span>
          <span className="font-medium">{job.title}</span>: {wordsOf(job)}
        </span>
      </p>
    </>
  )
}

function wordsOf({ state, looked, result, error }: LastJob): string {
  if (state === 'queued') return 'past executions are matched as soon as the worker is free.'
  if (state === 'running')
    return `past executions are being matched; ${formatNumber(looked)} stored processes looked at.`
  return error ?? rematchedWords(result ?? { executions: 0, hosts: 0 })
}
