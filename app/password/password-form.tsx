'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { choosePasswordAction } from './actions'

export function PasswordForm({ token, email }: { token: string; email: string }) {
  const [error, submit, pending] = useActionState(choosePasswordAction, null)
  return (
    <form action={submit} className="space-y-4">
      <input type="hidden" name="token" value={token} />
      <TextField label="E-mail" type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
        autoFocus
        hint="At least 12 characters. It ends the sessions that are open."
      />
      {error !== null && (
        <p role="alert" className="text-bad">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" busy={pending} className="w-full">
        Set the password
      </Button>
    </form>
  )
}
