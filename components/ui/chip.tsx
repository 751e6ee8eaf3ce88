import { X } from 'lucide-react'
import { InertText } from '@/components/command-line/inert-text'
import { visible } from '@/lib/pipeline/visible-text'

type ChipProps = {
  label: string
  value: string
  onRemove: () => void
}

/** One active filter, removable. */
export function Chip({ label, value, onRemove }: ChipProps) {
  return (
    <span className="inline-flex h-6 max-w-80 items-center gap-1 rounded-full border border-line bg-surface pr-0.5 pl-2 text-small">
      <span className="shrink-0 text-muted">{label}</span>
      <span title={visible(value)} className="truncate font-medium">
        <InertText text={value} />
      </span>
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
