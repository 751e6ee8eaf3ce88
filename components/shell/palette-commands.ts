import {
  Clock,
  FileInput,
  Keyboard,
  LogOut,
  type LucideIcon,
  Rows3,
  Search,
  Settings,
  ShieldAlert,
  SunMoon,
} from 'lucide-react'
import type { Display } from '@/components/ui/display'
import type { Action } from '@/lib/pipeline/decision/permissions'
import { PLACES, permitted } from './navigation'

/** Something that the palette does or opens. */
export type PaletteCommand = { label: string; icon: LucideIcon; run: () => void }

type PaletteContext = {
  query: string
  permissions: readonly Action[]
  display: Display
  go: (href: string) => void
  change: (changes: Partial<Display>) => void
  toStart: (href: string) => string
  onShortcuts: () => void
  onZone: () => void
  signOut: () => void
}

/** Pages that are not in the rail. */
const DEEPER: readonly { href: string; label: string; needs?: Action }[] = [
  { href: '/settings/notifications', label: 'Settings: what I am told of' },
  { href: '/hosts/incidents', label: 'Incidents' },
  { href: '/settings/accounts', label: 'Settings: accounts', needs: 'manage-accounts' },
  { href: '/settings/host-groups', label: 'Settings: host groups', needs: 'manage-hosts' },
  { href: '/settings/tuning', label: 'Settings: tuning', needs: 'manage-settings' },
  { href: '/settings/catalogue', label: 'Settings: catalogue', needs: 'manage-catalogue' },
  { href: '/settings/sigma', label: 'Settings: Sigma rules', needs: 'manage-sigma' },
  { href: '/settings/keys', label: 'Settings: API keys', needs: 'manage-keys' },
]

/** Pages whose name holds what was typed, that the reader may open. */
export function pageCommands({ query, permissions, go, toStart }: PaletteContext): PaletteCommand[] {
  const places = permitted(PLACES, permissions)
  const deeper = query === '' ? [] : permitted(DEEPER, permissions)
  return [
    ...places.map(({ href, label, icon }) => ({ label, icon, run: () => go(toStart(href)) })),
    ...deeper.map(({ href, label }) => ({ label, icon: Settings, run: () => go(href) })),
  ].filter(({ label }) => holds(label, query))
}

/** What can be done from anywhere, by what was typed. */
export function actionCommands(context: PaletteContext): PaletteCommand[] {
  const { query, permissions, display, go, change, onShortcuts, onZone, signOut } = context
  const { theme, density, timeZone } = display
  const commands: (PaletteCommand & { needs?: Action })[] = [
    {
      label: `Show times in ${timeZone === 'utc' ? 'this browser’s time zone' : 'UTC'}`,
      icon: Clock,
      run: () => change({ timeZone: timeZone === 'utc' ? 'local' : 'utc' }),
    },
    { label: 'Choose a time zone…', icon: Clock, run: onZone },
    {
      label: `Make rows ${density === 'compact' ? 'comfortable' : 'compact'}`,
      icon: Rows3,
      run: () => change({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    },
    ...(['light', 'dark', 'system'] as const)
      .filter((other) => other !== theme)
      .map((other) => ({
        label: other === 'system' ? 'Theme as the system' : `Theme ${other}`,
        icon: SunMoon,
        run: () => change({ theme: other }),
      })),
    { label: 'Import logs', icon: FileInput, needs: 'import', run: () => go('/imports') },
    {
      label: 'Declare an incident',
      icon: ShieldAlert,
      needs: 'declare-incident',
      run: () => go('/hosts/incidents'),
    },
    { label: 'Keyboard shortcuts', icon: Keyboard, run: onShortcuts },
    { label: 'Sign out', icon: LogOut, run: signOut },
  ]
  const found =
    query === '' ? [] : permitted(commands, permissions).filter(({ label }) => holds(label, query))
  return query.length < 2 ? found : [...found, searchCommand(query, go)]
}

function searchCommand(query: string, go: (href: string) => void): PaletteCommand {
  return {
    label: `Search all executions for “${query}”`,
    icon: Search,
    run: () => go(`/executions?${new URLSearchParams({ q: query, days: 'all' })}`),
  }
}

/** Every word that was typed is in the label. */
function holds(label: string, query: string): boolean {
  const text = label.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
