import { DialogButtons } from '@/components/ui/dialog-buttons'
import { HandedOver } from '@/components/ui/handed-over'
import { Timestamp } from '@/components/ui/time'
import type { HandedLink } from '@/lib/operations/account-links'

/** A link for somebody to choose a password by; shown once. */
export function LinkToHand({ link, onDone }: { link: HandedLink; onDone: () => void }) {
  return (
    <div className="space-y-4">
      <p>
        {link.mailed
          ? 'It was mailed to the person.'
          : 'Whoever opens it chooses the password: send it to the person alone.'}{' '}
        It works once, until <Timestamp at={link.expiresAt} />, and cannot be shown again.
      </p>
      <HandedOver name="link" text={link.url} copy="Copy link" />
      <DialogButtons label="Done" onClick={onDone} />
    </div>
  )
}
