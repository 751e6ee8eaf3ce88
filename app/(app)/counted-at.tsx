import { RelativeTime } from '@/components/ui/time'

/** Said where a page's counts are a while old: `at` as of Remembered. */
export function CountedAt({ at }: { at: number | null }) {
  if (at === null) return null
  return (
    <span className="text-muted">
      Counted <RelativeTime at={at} />; what came since is being added.
    </span>
  )
}
