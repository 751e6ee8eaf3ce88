import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

const TONES = { warn: 'bg-warn-soft', bad: 'bg-bad-soft text-bad' } as const

type NoticeProps = ComponentProps<'div'> & { tone?: keyof typeof TONES }

/** What has to be known before what follows is read. */
export function Notice({ tone = 'warn', className, ...rest }: NoticeProps) {
  return (
    <div className={clsx('rounded border border-transparent px-3 py-2', TONES[tone], className)} {...rest} />
  )
}
