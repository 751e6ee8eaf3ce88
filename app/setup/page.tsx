import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { isSetupTokenValid } from '@/lib/operations/first-run'
import { Gate } from '../gate'
import { SetupForm } from './setup-form'

export const metadata: Metadata = { title: 'Set up' }

type SetupPageProps = { searchParams: Promise<{ token?: string | string[] }> }

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams
  if (typeof token !== 'string' || !(await isSetupTokenValid(token))) {
    return (
      <Gate
        title="This link does not work"
        description="It was used already, is older than a day, or is not complete."
      >
        <p>
          When nobody has an account yet, restart Cordon: it prints a new link. Otherwise{' '}
          <Link href="/sign-in" className="link underline">
            sign in
          </Link>
          .
        </p>
      </Gate>
    )
  }
  return (
    <Gate title="First administrator" description="This account can add all others. The link works once.">
      <SetupForm token={token} />
    </Gate>
  )
}
