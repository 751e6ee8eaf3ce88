'use client'

import Image from 'next/image'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { HandedOver } from '@/components/ui/handed-over'
import { useAction } from '@/components/ui/use-action'
import type { TwoStepDraft } from '@/lib/operations/two-step'
import { beginTwoStepAction, confirmTwoStepAction } from './actions'
import { RecoveryCodes } from './recovery-codes'

type SetUpProps = { onDone: () => void }

/** Adds an authenticator: picture, first code, recovery codes. */
export function SetUp({ onDone }: SetUpProps) {
  const { run, busy } = useAction()
  const [draft, setDraft] = useState<TwoStepDraft | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const begin = async () => {
    const answer = await run(
      beginTwoStepAction,
      'Scan the picture, then type the code.',
      'Set up an authenticator',
    )
    if (answer.ok) setDraft(answer.value)
  }
  const confirm = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '')
    const answer = await run(() => confirmTwoStepAction(code), 'Two-step sign-in is on.')
    if (answer.ok) setCodes(answer.value)
  }
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (draft === null) {
    return (
      <Button variant="primary" busy={busy} onClick={begin}>
        Set up an authenticator
      </Button>
    )
  }
  return (
    <form onSubmit={confirm} className="max-w-md space-y-4">
      <p>Scan this with an authenticator app on your phone, or type the key into it.</p>
      {/* black on white in either theme: cameras read nothing else well */}
      <Image
        alt="QR code of the key below"
        src={`data:image/svg+xml;utf8,${encodeURIComponent(draft.picture)}`}
        width={176}
        height={176}
        className="size-44 rounded border bg-white"
      />
      <HandedOver name="totp-secret" text={draft.secret} copy="Copy key" />
      <TextField
        label="Code that the app shows"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
      />
      <Button type="submit" variant="primary" busy={busy}>
        Turn on two-step sign-in
      </Button>
    </form>
  )
}
