'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  children: ReactNode
  /** Hides the visible title (it stays the accessible name), as the command palette does. */
  bare?: boolean
  width?: 'narrow' | 'wide'
}

/** A modal dialog: traps the focus, closes on Escape and outside clicks, gives the focus back. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  bare = false,
  width = 'narrow',
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* not Radix.Overlay: it adds a style element that the content security policy refuses */}
        <div aria-hidden className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={clsx(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded border bg-raised shadow-float',
            width === 'narrow' ? 'max-w-lg' : 'max-w-3xl',
          )}
        >
          <div className={clsx(bare ? 'sr-only' : 'flex items-start gap-4 border-b px-4 py-3')}>
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-heading">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
              )}
            </div>
            {!bare && (
              <Radix.Close asChild>
                <IconButton label="Close" icon={<X aria-hidden />} />
              </Radix.Close>
            )}
          </div>
          <div className={clsx('min-h-0 overflow-y-auto', !bare && 'p-4')}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
