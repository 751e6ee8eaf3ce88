'use client'

import type { ReactNode } from 'react'
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
  return (
    <form action={action} className="space-y-4">
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
