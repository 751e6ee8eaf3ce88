import {
  Activity,
  Bell,
  Binary,
  FileInput,
  FileLock2,
  FileText,
  Gavel,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Server,
  Settings,
  ShieldBan,
  TriangleAlert,
} from 'lucide-react'
import type { Action } from '@/lib/pipeline/decision/permissions'
import { takesPeriodAlong } from './period'

/** What a page or a command needs of the reader's permissions; left out = nothing. */
type Needing = { needs?: Action }

export type NavigationItem = Needing & {
  href: string
  label: string
  icon: LucideIcon
  key: string
}

/** The pages of the left rail; `g` and then `key` opens one. */
export const NAVIGATION: readonly NavigationItem[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard, key: 'o' },
  { href: '/deviations', label: 'Deviations', icon: TriangleAlert, key: 'd' },
  { href: '/binaries', label: 'Binaries', icon: Binary, key: 'b' },
  { href: '/hosts', label: 'Hosts', icon: Server, key: 'h' },
  { href: '/executions', label: 'Executions', icon: Activity, key: 'e' },
  { href: '/decisions', label: 'Decisions', icon: Gavel, key: 'c' },
  { href: '/policies', label: 'Policies', icon: FileLock2, key: 'p' },
  { href: '/attempts', label: 'Attempts', icon: ShieldBan, key: 't' },
  { href: '/imports', label: 'Imports', icon: FileInput, key: 'i' },
  { href: '/reports', label: 'Reports', icon: FileText, key: 'r' },
  { href: '/audit', label: 'Audit log', icon: ScrollText, key: 'a', needs: 'view-audit' },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's' },
]

/** Every page that `g` and a letter opens: those of the rail, and the one under the bell. */
export const PLACES: readonly NavigationItem[] = [
  ...NAVIGATION,
  { href: '/notifications', label: 'Notifications', icon: Bell, key: 'n' },
]

/** Those that the reader may open. */
export function permitted<T extends Needing>(all: readonly T[], permissions: readonly Action[]): T[] {
  return all.filter(({ needs }) => needs === undefined || permissions.includes(needs))
}

/** Whether a page belongs under an item of the rail. */
export function isUnder(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}

/**
 * Where a page's link leads: to the view that somebody chose for it, else to the page as delivered. `days`: the period that was chosen on the page before,
 * where the view says nothing of it.
 */
export function startOf(
  href: string,
  startQueries: Readonly<Record<string, string>>,
  days: string | null,
): string {
  const params = new URLSearchParams(startQueries[href] ?? '')
  const saysWhen = ['days', 'from', 'to'].some((name) => params.has(name))
  if (days !== null && !saysWhen && takesPeriodAlong(href)) params.set('days', days)
  const query = params.toString()
  return query === '' ? href : `${href}?${query}`
}
