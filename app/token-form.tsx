'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/button'

type TokenFormProps = {
  token: string
  /** Answers what is wrong, if anything. */
  action: (previous: string | null, form: FormData) => Promise<string | null>
  label: string
  children: ReactNode
}

/** The form behind a link that works once: its fields and what the server said of them. */
export function TokenForm({ token, action, label, children }: TokenFormProps) {
  const [error, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} className="space-y-4">
      <input type="hidden" name="token" value={token} />
      {children}
      {error !== null && (
        <p role="alert" className="text-bad">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" busy={pending} className="w-full">
        {label}
      </Button>
    </form>
  )
}
