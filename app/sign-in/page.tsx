import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentActor } from '@/lib/access/current-actor'
import { env } from '@/lib/env'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '@/lib/operations/demo-accounts'
import { Gate } from '../gate'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type SignInPageProps = { searchParams: Promise<{ next?: string | string[]; ready?: string }> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  if (await currentActor()) redirect('/')
  const { next, ready } = await searchParams
  const demo = env('CORDON_DEMO')
  return (
    <Gate title="Sign in">
      {ready !== undefined && (
        <p role="status" className="mb-4 text-good">
          Your account is ready: sign in with it.
        </p>
      )}
      <SignInForm
        next={typeof next === 'string' ? next : '/'}
        demo={demo ? { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } : null}
      />
    </Gate>
  )
}
