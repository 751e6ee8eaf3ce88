import { countOf } from '@/components/ui/numbers'
import type { PendingWork } from '@/lib/store/screens/overview/work'
import { RefreshWhile } from '../imports/refresh-while'

/** What is still being read and computed: the numbers below are not final meanwhile. */
export function WorkLine({ work }: { work: PendingWork }) {
  const parts = [
    ...(work.uploads > 0 ? [`${countOf(work.uploads, 'upload')} being read`] : []),
    ...(work.hosts > 0 ? [`${countOf(work.hosts, 'host')} being computed, from ${work.from ?? ''} on`] : []),
  ]
  if (parts.length === 0) return null
  return (
    <>
      <RefreshWhile moving />
      <p role="status" className="mb-4 flex items-center gap-2 text-muted">
        <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent motion-safe:animate-pulse" />
        {parts.join(', ')}: the numbers on this page still change.
      </p>
    </>
  )
}
