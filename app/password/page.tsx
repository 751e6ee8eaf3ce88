import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { findAccountLink } from '@/lib/operations/account-links'
import { Gate } from '../gate'
import { PasswordForm } from './password-form'

export const metadata: Metadata = { title: 'Choose a password' }

type PasswordPageProps = { searchParams: Promise<{ token?: string | string[] }> }

export default async function PasswordPage({ searchParams }: PasswordPageProps) {
  const { token } = await searchParams
  const account = typeof token === 'string' ? await findAccountLink(token) : null
  if (account === null || typeof token !== 'string') {
    return (
      <Gate
        title="This link does not work"
        description="It was used already, was replaced, is too old, or is not complete."
      >
        <p>
          Ask an administrator for a new one,{' '}
          <Link href="/forgot" className="link underline">
            have one sent
          </Link>
          , or{' '}
          <Link href="/sign-in" className="link underline">
            sign in
          </Link>
          .
        </p>
      </Gate>
    )
  }
  return (
    <Gate title="Choose a password" description={`For the account of ${account.name}. The link works once.`}>
      <PasswordForm token={token} email={account.email} />
    </Gate>
  )
}
