import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { useAction } from '@/components/ui/use-action'
import type { HandedLink } from '@/lib/operations/account-links'
import { issueAccountLinkAction } from '../actions'
import type { Account } from './account'
import { LinkToHand } from './link-to-hand'

type PasswordLinkDialogProps = { account: Account; open: boolean; close: () => void }

export function PasswordLinkDialog({ account, open, close }: PasswordLinkDialogProps) {
  const { run, busy } = useAction()
  const [link, setLink] = useState<HandedLink | null>(null)
  const title = `Password link for ${account.name}`
  const make = async () => {
    const answer = await run(() => issueAccountLinkAction(account.id), 'The link was made.', title)
    if (answer.ok) setLink(answer.value)
  }
  const done = () => {
    setLink(null)
    close()
  }
  return (
    <Dialog open={open} onOpenChange={done} title={title}>
      {link === null ? (
        <div className="space-y-4">
          <p>
            The link lets them choose a password, once. Earlier links stop working at once; the present
            password and sessions hold until it is used.
          </p>
          <DialogButtons onCancel={done} label="Make the link" busy={busy} onClick={make} />
        </div>
      ) : (
        <LinkToHand link={link} onDone={done} />
      )}
    </Dialog>
  )
}
