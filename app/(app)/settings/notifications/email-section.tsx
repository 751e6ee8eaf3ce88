'use client'

import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import { sendTestAction } from './actions'

/** Where mails go, or why none do. */
export function EmailSection({ address, mayMail }: { address: string; mayMail: boolean }) {
  const { run, busy } = useAction()
  if (!mayMail)
    return (
      <p className="text-muted">
        This installation sends no e-mail: whoever runs it gives a mail server with{' '}
        <code>CORDON_SMTP_URL</code> and a sender with <code>CORDON_SMTP_FROM</code>.
      </p>
    )
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span>
        Sent to <span className="font-medium">{address}</span>
      </span>
      <Button
        busy={busy}
        onClick={() => void run(() => sendTestAction('email'), 'A test is on its way: see below.')}
      >
        Send a test
      </Button>
    </div>
  )
}
