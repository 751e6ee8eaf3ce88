'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { setUpAction } from './actions'

export function SetupForm({ token }: { token: string }) {
  const [error, submit, pending] = useActionState(setUpAction, null)
  return (
    <form action={submit} className="space-y-4">
      <input type="hidden" name="token" value={token} />
      <TextField label="Name" name="name" autoComplete="name" required autoFocus />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
        hint="At least 12 characters."
      />
      {error !== null && (
        <p role="alert" className="text-bad">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" busy={pending} className="w-full">
        Create the account
      </Button>
    </form>
  )
}
