'use client'

import { useActionState } from 'react'
import { TextField } from '@/components/ui/field'
import { GateForm } from '../gate-form'
import { askForLinkAction } from './actions'

export function ForgotForm() {
  const [result, submit, pending] = useActionState(askForLinkAction, null)
  if (result?.ok)
    return (
      <p role="status">
        If this address has an account with a password here, a link is on its way to it. It works once, within
        30 minutes. If none arrives, look among unwanted mail, or ask an administrator.
      </p>
    )
  return (
    <GateForm action={submit} pending={pending} error={result?.message ?? null} label="Send the link">
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        hint="A link to choose a new password is sent there."
      />
    </GateForm>
  )
}
