import type { Metadata } from 'next'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/page-header'
import { requireSession } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { findAccessPolicy, findOwnTwoStep, listOwnSessions } from '@/lib/store/screens/settings'
import { PasswordForm } from './password-form'
import { PreferencesForm } from './preferences-form'
import { SessionList } from './session-list'
import { TwoStep } from './two-step-section'

export const metadata: Metadata = { title: 'Settings' }

export default async function ProfilePage() {
  const { actor, sessionId, method } = await requireSession()
  const [sessions, twoStep, policy] = await Promise.all([
    listOwnSessions(actor.accountId, sessionId, now()),
    findOwnTwoStep(actor.accountId, actor.role),
    findAccessPolicy(),
  ])
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
        description={`Browsers signed in with your account. A session ends after ${inWords(policy.idleMinutes)} without use, and ${inWords(policy.sessionHours * 60)} after signing in.`}
      >
        <SessionList sessions={sessions} />
      </Section>
      {method === 'oidc' ? (
        <Section title="Signing in" description="Your provider checks who you are, and its second step.">
          <p>Change your password there.</p>
        </Section>
      ) : (
        <>
          <Section
            title="Two-step sign-in"
            description="Besides the password, a code from an app on your phone."
          >
            <TwoStep {...twoStep} />
          </Section>
          <Section title="Password" description="Changing it ends your other sessions.">
            <PasswordForm />
          </Section>
        </>
      )}
    </div>
  )
}

/** 480 → '8 hours' */
function inWords(minutes: number): string {
  if (minutes % (24 * 60) === 0) return minutes === 24 * 60 ? 'a day' : `${minutes / 24 / 60} days`
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`
  return `${minutes} minutes`
}
