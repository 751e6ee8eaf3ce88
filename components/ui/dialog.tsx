'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { IconButton } from './button'
import { focusPage } from './focus-page'

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
  const giveFocusBack = useFocusBack(open)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* not Radix.Overlay: it adds a style element that the content security policy refuses */}
        <div aria-hidden className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          onCloseAutoFocus={giveFocusBack}
          className={clsx(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded border bg-raised shadow-float',
            width === 'narrow' ? 'max-w-lg' : 'max-w-3xl',
          )}
        >
          <div className={clsx(bare ? 'sr-only' : 'border-b py-3 pr-14 pl-4')}>
            <Radix.Title className="font-semibold text-heading">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
            )}
          </div>
          <div className={clsx('min-h-0 overflow-y-auto', !bare && 'p-4')}>{children}</div>
          {/* last, so that the focus begins with what the dialog asks */}
          {!bare && (
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden />} className="absolute top-3 right-3" />
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Radix gives the focus back to a dialog's own trigger; ours are opened by keys, menus and buttons elsewhere. */
function useFocusBack(open: boolean): (event: Event) => void {
  const [opened, setOpened] = useState<{ open: boolean; from: Element | null }>({ open: false, from: null })
  // before the dialog takes the focus, and before a menu that it was chosen from is gone
  if (opened.open !== open) setOpened({ open, from: open ? findOpener() : opened.from })
  return (event) => {
    event.preventDefault()
    // what opened it can be gone with what the dialog did
    if (opened.from?.isConnected !== true) focusPage()
    // a row keeps its place in the list: the list does not jump to it
    else if (opened.from instanceof HTMLElement) opened.from.focus({ preventScroll: true })
  }
}

/** What has the focus; of an item in a menu, which goes with its menu, the menu's button. */
function findOpener(): Element | null {
  const focused = globalThis.document?.activeElement ?? null
  const menu = focused?.closest('[role=menu]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused
}
