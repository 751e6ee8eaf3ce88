'use client'

import { useSearchParams } from 'next/navigation'
import { type ComponentProps, type ReactNode, useCallback, useState } from 'react'
import { TableUrlProvider } from '@/components/table/use-table-url'
import { type Display, DisplayProvider } from '@/components/ui/display'
import { DraftsProvider, forgetDrafts } from '@/components/ui/drafts'
import { PageNameProvider } from '@/components/ui/page-name'
import { ProveIdentityProvider } from '@/components/ui/prove-identity'
import { ToastProvider } from '@/components/ui/toast'
import type { Action } from '@/lib/pipeline/decision/permissions'
import { CommandPalette } from './command-palette'
import { ConnectionNotice } from './connection-notice'
import { LiveProvider } from './live'
import { startOf } from './navigation'
import { Rail } from './rail'
import { ShortcutsDialog } from './shortcuts-dialog'
import { TopBar } from './top-bar'
import { useActing } from './use-refresh'
import { useShortcuts } from './use-shortcuts'
import { type Waiting, WaitingProvider } from './waiting'
import { ZoneDialog } from './zone-dialog'

type AppShellProps = {
  account: { name: string; email: string; role: string }
  display: Display
  waiting: Waiting
  /** What a page's link opens, by page: the query of the view that the account chose. */
  startQueries: Readonly<Record<string, string>>
  /** What the reader may do. */
  permissions: readonly Action[]
  savePreferences: (display: Display) => Promise<void>
  signOut: () => Promise<void>
  /** See ProveIdentityProvider. */
  proveIdentity: Omit<ComponentProps<typeof ProveIdentityProvider>, 'children'>
  children: ReactNode
}

/** Rail, top bar, palette and shortcuts around every page for signed-in people. */
export function AppShell(props: AppShellProps) {
  const [searching, setSearching] = useState(false)
  const [listing, setListing] = useState(false)
  const onSearch = useCallback(() => setSearching(true), [])
  const onShortcuts = useCallback(() => setListing(true), [])
  const [choosingZone, setChoosingZone] = useState(false)
  const onZone = useCallback(() => setChoosingZone(true), [])
  const { startQueries } = props
  const signOut = async () => {
    forgetDrafts(props.account.email)
    await props.signOut()
  }
  const days = useSearchParams().get('days')
  const toStart = useCallback((href: string) => startOf(href, startQueries, days), [startQueries, days])
  useActing()
  useShortcuts({ onSearch, onShortcuts, toStart })
  return (
    <ShellProviders
      display={props.display}
      waiting={props.waiting}
      owner={props.account.email}
      proveIdentity={props.proveIdentity}
    >
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:bg-raised focus:p-2"
      >
        Skip to content
      </a>
      <div className="flex h-dvh flex-col print:block print:h-auto">
        <TopBar
          account={props.account}
          onSearch={onSearch}
          onShortcuts={onShortcuts}
          onZone={onZone}
          savePreferences={props.savePreferences}
          signOut={signOut}
        />
        <ConnectionNotice />
        <div className="flex min-h-0 flex-1 print:block">
          <Rail toStart={toStart} permissions={props.permissions} />
          <main
            id="content"
            tabIndex={-1}
            className="relative min-w-0 flex-1 overflow-y-auto p-4 outline-none print:overflow-visible print:p-0"
          >
            {props.children}
          </main>
        </div>
      </div>
      <CommandPalette
        open={searching}
        onOpenChange={setSearching}
        permissions={props.permissions}
        toStart={toStart}
        savePreferences={props.savePreferences}
        onShortcuts={onShortcuts}
        onZone={onZone}
        signOut={signOut}
      />
      <ShortcutsDialog open={listing} onOpenChange={setListing} />
      {choosingZone && (
        <ZoneDialog savePreferences={props.savePreferences} onClose={() => setChoosingZone(false)} />
      )}
    </ShellProviders>
  )
}

type ShellProvidersProps = Pick<AppShellProps, 'display' | 'waiting' | 'proveIdentity' | 'children'> & {
  owner: string
}

/** What every page may use: how the reader likes to read, messages, changes as they happen, drafts, what tables ask for, its name. */
function ShellProviders({ display, waiting, owner, proveIdentity, children }: ShellProvidersProps) {
  return (
    <DisplayProvider display={display}>
      <ToastProvider>
        <LiveProvider>
          <WaitingProvider initial={waiting}>
            <DraftsProvider owner={owner}>
              <ProveIdentityProvider {...proveIdentity}>
                <TableUrlProvider>
                  <PageNameProvider>{children}</PageNameProvider>
                </TableUrlProvider>
              </ProveIdentityProvider>
            </DraftsProvider>
          </WaitingProvider>
        </LiveProvider>
      </ToastProvider>
    </DisplayProvider>
  )
}
