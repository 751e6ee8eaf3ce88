'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { changePasswordAction } from './actions'

export function PasswordForm() {
  const form = useRef<HTMLFormElement>(null)
  const { run, busy } = useAction()
  const submit = async (data: FormData) => {
    const answer = await run(() => changePasswordAction(data), 'Your password was changed.')
    if (answer.ok) form.current?.reset()
  }
  return (
    <form
      ref={form}
      className="grid max-w-2xl items-end gap-4 sm:grid-cols-[1fr_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <TextField
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
      />
      <TextField
        label="New password (at least 12 characters)"
        name="next"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
      />
      <Button type="submit" busy={busy}>
        Change password
      </Button>
    </form>
  )
}
