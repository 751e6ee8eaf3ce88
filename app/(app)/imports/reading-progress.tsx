'use client'

import { formatBytes, formatShare } from '@/components/ui/numbers'
import { useTimeLeft } from './use-time-left'

type ReadingProgressProps = { upload: { receivedBytes: number; sizeBytes: number | null; readBytes: number } }

/** How much of what arrived has been read, and how long the rest takes; nothing where that is not known. */
export function ReadingProgress({ upload }: ReadingProgressProps) {
  const { receivedBytes, readBytes } = upload
  const total = Math.max(receivedBytes, upload.sizeBytes ?? 0)
  const left = useTimeLeft(readBytes, total)
  if (total === 0) return null
  const share = Math.min(1, readBytes / total)
  // it is told with the first records that are stored
  const words =
    readBytes === 0
      ? `nothing of ${formatBytes(total)} read yet`
      : `${formatShare(share)} of ${formatBytes(total)} read`
  return <ProgressBar share={share} label={`${words}${left}`} name="Read" />
}

/** A bar and its words; `share` is in [0, 1], `name` what the bar measures. */
export function ProgressBar({ share, label, name }: { share: number; label: string; name: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span
        role="progressbar"
        aria-label={name}
        aria-valuetext={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="inline-block h-1.5 w-20 overflow-hidden rounded-full bg-hover"
      >
        <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="whitespace-nowrap text-muted text-small">{label}</span>
    </span>
  )
}
