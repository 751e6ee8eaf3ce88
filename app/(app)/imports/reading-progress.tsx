import { formatShare } from '@/components/ui/numbers'

type ReadingProgressProps = { upload: { receivedBytes: number; readBytes: number } }

/** How much of what arrived has been read; nothing where that is not known. */
export function ReadingProgress({ upload }: ReadingProgressProps) {
  const { receivedBytes, readBytes } = upload
  if (receivedBytes === 0) return null
  const share = Math.min(1, readBytes / receivedBytes)
  return <ProgressBar share={share} label={`${formatShare(share)} read`} />
}

/** A bar and its words; `share` is in [0, 1]. */
export function ProgressBar({ share, label }: { share: number; label: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span
        role="progressbar"
        aria-label={label}
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
