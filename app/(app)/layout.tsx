import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { requireSession } from '@/lib/access/current-actor'
import { permissionsOf } from '@/lib/pipeline/decision/permissions'
import { listDefaultQueries } from '@/lib/store/screens/saved-views'
import { readWaiting } from '@/lib/store/screens/waiting'
import { proveIdentityAction } from '../two-step/actions'
import { proveElsewhereAction, savePreferencesAction, signOutAction } from './actions'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { actor, preferences, method } = await requireSession()
  const [waiting, startQueries] = await Promise.all([readWaiting(actor), listDefaultQueries(actor.accountId)])
  return (
    <AppShell
      account={{ name: actor.name, email: actor.email, role: actor.role }}
      display={preferences}
      waiting={waiting}
      startQueries={startQueries}
      permissions={permissionsOf(actor)}
      savePreferences={savePreferencesAction}
      signOut={signOutAction}
      proveIdentity={{
        prove: proveIdentityAction,
        proveElsewhere: method === 'oidc' ? proveElsewhereAction : null,
      }}
    >
      {children}
    </AppShell>
  )
}
