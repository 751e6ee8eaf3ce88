'use client'

import { type ReactNode, useActionState } from 'react'
import { GateForm } from './gate-form'

type TokenFormProps = {
  token: string
  /** Answers what is wrong, if anything. */
  action: (previous: string | null, form: FormData) => Promise<string | null>
  label: string
  children: ReactNode
}

/** The form behind a link that works once. */
export function TokenForm({ token, action, label, children }: TokenFormProps) {
  const [error, submit, pending] = useActionState(action, null)
  return (
    <GateForm action={submit} pending={pending} error={error} label={label}>
      <input type="hidden" name="token" value={token} />
      {children}
    </GateForm>
  )
}
