import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'info'

const TONE: Record<Tone, string> = {
  neutral: 'bg-surface text-ink border-line',
  accent: 'bg-selected text-accent border-transparent',
  good: 'bg-good-soft text-good border-transparent',
  warn: 'bg-warn-soft text-warn border-transparent',
  bad: 'bg-bad-soft text-bad border-transparent',
  info: 'bg-info-soft text-info border-transparent',
}

type BadgeProps = {
  tone?: Tone
  /** A shape of its own, so that the colour is not alone. */
  icon?: ReactNode
  title?: string
  /** A sentence rather than a word: it wraps where there is no room. */
  wraps?: boolean
  children: ReactNode
}

/** A word with a state's colour and shape. */
export function Badge({ tone = 'neutral', icon, title, wraps = false, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 font-medium text-small [&_svg]:size-3 [&_svg]:shrink-0',
        wraps ? 'min-h-5 whitespace-normal' : 'h-5 whitespace-nowrap',
        TONE[tone],
      )}
    >
      {icon}
      <span className={wraps ? 'wrap-anywhere' : 'truncate'}>{children}</span>
    </span>
  )
}
