import type { Metadata } from 'next'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/page-header'
import { requireSession } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { listOwnSessions } from '@/lib/store/screens/settings'
import { PasswordForm } from './password-form'
import { PreferencesForm } from './preferences-form'
import { SessionList } from './session-list'

export const metadata: Metadata = { title: 'Settings' }

export default async function ProfilePage() {
  const { actor, sessionId } = await requireSession()
  const sessions = await listOwnSessions(actor.accountId, sessionId, now())
  return (
    <div className="max-w-3xl">
      <Section title="Profile">
        <KeyValueList
          items={[
            { label: 'Name', value: actor.name },
            { label: 'E-mail', value: actor.email },
            { label: 'Role', value: actor.role },
            { label: 'Hosts', value: actor.scope.kind === 'all' ? 'all' : 'those of your host groups' },
          ]}
        />
      </Section>
      <Section title="Reading">
        <PreferencesForm />
      </Section>
      <Section
        title="Sessions"
        description="Browsers signed in with your account. A session ends after 8 idle hours."
      >
        <SessionList sessions={sessions} />
      </Section>
      <Section title="Password" description="Changing it ends your other sessions.">
        <PasswordForm />
      </Section>
    </div>
  )
}
