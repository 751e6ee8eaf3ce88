import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
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
      <div className="flex items-center gap-2 rounded border bg-surface px-2 py-1">
        <code data-testid="link" className="wrap-anywhere min-w-0 flex-1">
          {link.url}
        </code>
        <CopyButton text={link.url} label="Copy link" />
      </div>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
