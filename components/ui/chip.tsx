import { X } from 'lucide-react'
import type { ReactNode } from 'react'

type ChipProps = {
  label: string
  value: ReactNode
  onRemove: () => void
}

/** One active filter, removable. */
export function Chip({ label, value, onRemove }: ChipProps) {
  return (
    <span className="inline-flex h-6 max-w-80 items-center gap-1 rounded-full border border-line bg-surface pr-0.5 pl-2 text-small">
      <span className="shrink-0 text-muted">{label}</span>
      <span className="truncate font-medium">{value}</span>
      <button
        type="button"
        aria-label={`Remove filter ${label}`}
        onClick={onRemove}
        className="grid size-5 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  )
}
