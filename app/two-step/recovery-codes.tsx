'use client'

import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

type RecoveryCodesProps = { codes: readonly string[]; onDone: () => void }

/** Shown once: they are stored hashed. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  return (
    <div className="max-w-md space-y-4">
      <p>
        Keep these codes where your phone is not. Each stands in for the authenticator once; they cannot be
        shown again.
      </p>
      <div className="flex items-start gap-2 rounded border bg-surface p-3">
        <ul data-testid="recovery-codes" className="grid flex-1 grid-cols-1 gap-1 sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <CopyButton text={codes.join('\n')} label="Copy codes" />
      </div>
      <Button variant="primary" onClick={onDone}>
        I have kept them
      </Button>
    </div>
  )
}
