'use client'

import { Bell, CircleUser, Clock, Keyboard, LogOut, Monitor, Moon, Search, Sun } from 'lucide-react'
import { useTransition } from 'react'
import { Button, IconButton, LinkButton } from '@/components/ui/button'
import { type Display, useDisplay } from '@/components/ui/display'
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { formatNumber } from '@/components/ui/numbers'
import { Breadcrumb } from './breadcrumb'
import { PeriodMenu } from './period-menu'
import { useDisplayChange } from './use-display-change'
import { useWaiting } from './waiting'
import { zoneLabel, zoneName } from './zone-words'

type TopBarProps = {
  account: { name: string; email: string; role: string }
  onSearch: () => void
  onShortcuts: () => void
  onZone: () => void
  savePreferences: (display: Display) => Promise<void>
  signOut: () => Promise<void>
}

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const
const THEME_LABEL = { system: 'as the system', light: 'light', dark: 'dark' } as const
const THEME_ICON = { system: Monitor, light: Sun, dark: Moon } as const

export function TopBar({ account, onSearch, onShortcuts, onZone, savePreferences, signOut }: TopBarProps) {
  const display = useDisplay()
  const { change, pending } = useDisplayChange(savePreferences)
  const [, startTransition] = useTransition()
  const ThemeIcon = THEME_ICON[display.theme]
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-b px-3 print:hidden" aria-busy={pending}>
      <Breadcrumb />
      <PeriodMenu />
      <Button variant="secondary" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <Search aria-hidden />
        <span className="text-muted max-sm:hidden">Find</span>
        <kbd className="text-muted max-sm:hidden">Ctrl K</kbd>
        <span className="sr-only">a host, binary, deviation, decision, view, page or action</span>
      </Button>
      <InboxLink />
      <Button
        variant="quiet"
        title={`Times are shown in ${zoneName(display.timeZone)}; click to change`}
        onClick={onZone}
      >
        <Clock aria-hidden />
        <span className="sr-only">Time zone: </span>
        <span className="max-w-32 truncate">{zoneLabel(display.timeZone)}</span>
      </Button>
      <IconButton
        label={`Theme: ${THEME_LABEL[display.theme]}; change to ${THEME_LABEL[NEXT_THEME[display.theme]]}`}
        icon={<ThemeIcon aria-hidden />}
        onClick={() => change({ theme: NEXT_THEME[display.theme] })}
      />
      <Menu
        align="end"
        trigger={<IconButton label={`Account of ${account.name}`} icon={<CircleUser aria-hidden />} />}
      >
        <MenuLabel>
          <span className="block font-medium text-body text-ink">{account.name}</span>
          {account.email} · {account.role}
        </MenuLabel>
        <MenuSeparator />
        <MenuLink href="/settings" icon={<CircleUser aria-hidden />}>
          Profile and sessions
        </MenuLink>
        <MenuItem icon={<Keyboard aria-hidden />} onSelect={onShortcuts}>
          Keyboard shortcuts
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => startTransition(signOut)}>
          Sign out
        </MenuItem>
      </Menu>
    </header>
  )
}

/** The bell, with how many notifications are unread. */
function InboxLink() {
  const { unreadNotifications: unread } = useWaiting()
  return (
    <LinkButton
      variant="quiet"
      href="/notifications"
      title="Notifications (g n)"
      aria-label={unread === 0 ? 'Notifications' : `Notifications: ${formatNumber(unread)} unread`}
    >
      <Bell aria-hidden />
      {unread > 0 && (
        <span className="rounded-full bg-accent-fill px-1.5 text-on-accent text-small">
          {formatNumber(unread)}
        </span>
      )}
    </LinkButton>
  )
}
