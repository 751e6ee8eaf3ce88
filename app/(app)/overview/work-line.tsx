import type { PendingWork } from '@/lib/store/screens/overview/work'
import { RefreshWhile } from '../imports/refresh-while'
import { workWords } from './work-words'

/** What is still being read and computed: the numbers below are not final meanwhile. */
export function WorkLine({ work }: { work: PendingWork }) {
  const words = workWords(work)
  if (words === null) return null
  return (
    <>
      <RefreshWhile moving />
      <p role="status" className="mb-4 flex items-center gap-2 text-muted">
        <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent motion-safe:animate-pulse" />
        {words}: the numbers on this page still change.
      </p>
    </>
  )
}
