'use client'

import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { type ActionAnswer, answerOf } from './action-answer'
import { Dialog } from './dialog'
import { DialogButtons } from './dialog-buttons'
import { DialogForm } from './dialog-form'
import { TextField } from './field'

type Prove = (proof: string) => Promise<ActionAnswer<void>>
/** Asks the person to prove who they are, for `what`; answers whether they did. */
type Ask = (what?: string) => Promise<boolean>

const AskContext = createContext<Ask>(async () => false)

export function useProveIdentity(): Ask {
  return useContext(AskContext)
}

type ProveIdentityProviderProps = {
  prove: Prove
  /** Instead, for who has no password here: leads to where they signed in, and back to the path. */
  proveElsewhere: ((path: string) => Promise<void>) | null
  children: ReactNode
}

/** The dialog for what needs a fresh proof of who somebody is, whichever page asks for it. */
export function ProveIdentityProvider({ prove, proveElsewhere, children }: ProveIdentityProviderProps) {
  const [asked, setAsked] = useState<{ what: string | undefined } | null>(null)
  const answer = useRef<(proved: boolean) => void>(() => undefined)
  const ask = useCallback<Ask>(
    (what) =>
      new Promise((resolve) => {
        answer.current = resolve
        setAsked({ what })
      }),
    [],
  )
  const close = (proved: boolean) => {
    setAsked(null)
    answer.current(proved)
  }
  return (
    <AskContext value={ask}>
      {children}
      <Dialog
        open={asked !== null}
        onOpenChange={() => close(false)}
        title="Confirm that it is you"
        description={
          <>
            {/* the dialog lies over what is confirmed */}
            {asked?.what !== undefined && (
              <bdi className="mb-1 block wrap-anywhere font-medium text-ink">{asked.what}</bdi>
            )}{' '}
            This needs a fresh confirmation, so that a browser left open cannot do it.
          </>
        }
      >
        {proveElsewhere === null ? (
          <ProofForm prove={prove} onProved={() => close(true)} onCancel={() => close(false)} />
        ) : (
          <Elsewhere go={proveElsewhere} onCancel={() => close(false)} />
        )}
      </Dialog>
    </AskContext>
  )
}

type ProofFormProps = { prove: Prove; onProved: () => void; onCancel: () => void }

function ProofForm({ prove, onProved, onCancel }: ProofFormProps) {
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (form: FormData) => {
    setBusy(true)
    const proof = String(form.get('proof') ?? '')
    const answer = await answerOf(() => prove(proof)).finally(() => setBusy(false))
    if (answer.ok) onProved()
    else setError(answer.message)
  }
  return (
    <DialogForm label="Confirm" busy={busy} onSubmit={submit} onCancel={onCancel}>
      <TextField
        label="Password or code"
        name="proof"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
        hint="Your password, or a code from your authenticator app."
        error={error}
      />
    </DialogForm>
  )
}

function Elsewhere({ go, onCancel }: { go: (path: string) => Promise<void>; onCancel: () => void }) {
  const path = usePathname()
  return (
    <div className="space-y-4">
      <p>You signed in with a provider: sign in there again. You come back to this page, and try again.</p>
      <DialogButtons label="Sign in again" onClick={() => go(path)} onCancel={onCancel} />
    </div>
  )
}
