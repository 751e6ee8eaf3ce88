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

/** The same on a line of its own, which is not there where nothing is old. */
export function CountedLine({ at }: { at: number | null }) {
  if (at === null) return null
  return (
    <p className="mb-2">
      <CountedAt at={at} />
    </p>
  )
}
