import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { canMail } from '@/lib/operations/notifications/send-mail'
import { Gate } from '../gate'
import { ForgotForm } from './forgot-form'

export const metadata: Metadata = { title: 'Forgot the password' }
export const dynamic = 'force-dynamic'

export default function ForgotPage() {
  return (
    <Gate title="Forgot the password">
      {canMail() ? (
        <ForgotForm />
      ) : (
        <p>Cordon sends no mail here. Ask an administrator: they can make you a link to choose a new one.</p>
      )}
      <p className="mt-4">
        <Link href="/sign-in" className="link underline">
          Back to signing in
        </Link>
      </p>
    </Gate>
  )
}
