import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { requireSession } from '@/lib/access/current-actor'
import { may } from '@/lib/pipeline/decision/permissions'
import { countWaiting } from '@/lib/store/screens/waiting'
import { savePreferencesAction, signOutAction } from './actions'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { actor, preferences } = await requireSession()
  const waiting = await countWaiting(actor.scope)
  return (
    <AppShell
      account={{ name: actor.name, email: actor.email, role: actor.role }}
      display={preferences}
      waiting={{ '/deviations': waiting.openDeviations, '/decisions': waiting.proposedDecisions }}
      mayViewAudit={may(actor.role, 'view-audit')}
      savePreferences={savePreferencesAction}
      signOut={signOutAction}
    >
      {children}
    </AppShell>
  )
}
