'use client'

import { type ReactNode, type SubmitEvent, startTransition } from 'react'
import { Button } from '@/components/ui/button'

type GateFormProps = {
  action: (form: FormData) => void
  pending: boolean
  /** What the server said is wrong. */
  error: string | null
  label: string
  children: ReactNode
}

/** What somebody fills in who is not signed in: fields, what the server said of them, and one button. */
export function GateForm({ action, pending, error, label, children }: GateFormProps) {
  // sent by hand where scripts run: a form that React sends is emptied, also of what was right of it
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    startTransition(() => action(form))
  }
  return (
    <form action={action} onSubmit={send} className="space-y-4">
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
