'use client'

import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Link } from './link'

const PANEL =
  'z-50 max-h-[min(70vh,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded border bg-raised p-1 shadow-float'
const ITEM =
  'flex min-h-7 w-full cursor-pointer select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-3.5 [&_svg]:shrink-0'

type MenuProps = {
  /** A single focusable element, usually a Button. */
  trigger: ReactNode
  align?: 'start' | 'end'
  children: ReactNode
}

/** A drop-down menu; its children are MenuItem, MenuLink, MenuCheck, MenuLabel and MenuSeparator. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    // modal menus lock scrolling by a style element that the content security policy refuses
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={PANEL}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type MenuItemProps = {
  icon?: ReactNode
  disabled?: boolean
  danger?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, disabled = false, danger = false, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={clsx(ITEM, danger && 'text-bad')}>
      {icon}
      {children}
    </Radix.Item>
  )
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Radix.Item asChild className={ITEM}>
      <Link href={href}>
        {icon}
        {children}
      </Link>
    </Radix.Item>
  )
}

type MenuCheckProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  /** The menu closes with the choice, of which there is one. */
  closes?: boolean
  children: ReactNode
}

/** A choice; its menu stays open, so that several can be made. */
export function MenuCheck({ checked, onChange, closes = false, children }: MenuCheckProps) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => {
        if (!closes) event.preventDefault()
      }}
      className={clsx(ITEM, 'relative pl-7')}
    >
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-muted text-small">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 border-t" />
}
