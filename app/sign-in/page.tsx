import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LinkButton } from '@/components/ui/button'
import { currentActor } from '@/lib/access/current-actor'
import { oidcSettings } from '@/lib/access/oidc'
import { env } from '@/lib/env'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '@/lib/operations/demo-accounts'
import { Gate } from '../gate'
import { ProviderButton } from './provider-button'
import { refusalWords } from './refusal-words'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type SignInPageProps = {
  searchParams: Promise<{ next?: string | string[]; ready?: string; error?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next: asked, ready, error } = await searchParams
  if (await currentActor()) {
    if (typeof error !== 'string') redirect('/')
    return (
      <Gate title="You are still signed in">
        <p role="alert" className="mb-4 text-bad">
          {refusalWords(error)}
        </p>
        <LinkButton href="/">Back to the overview</LinkButton>
      </Gate>
    )
  }
  const next = typeof asked === 'string' ? asked : '/'
  const demo = env('CORDON_DEMO')
  return (
    <Gate title="Sign in">
      {ready !== undefined && (
        <p role="status" className="mb-4 text-good">
          Your account is ready: sign in with it.
        </p>
      )}
      {typeof error === 'string' && (
        <p role="alert" className="mb-4 text-bad">
          {refusalWords(error)}
        </p>
      )}
      {oidcSettings() !== null && <ProviderButton name={env('OIDC_NAME')} next={next} />}
      <SignInForm next={next} demo={demo ? { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } : null} />
    </Gate>
  )
}
