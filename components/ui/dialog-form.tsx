import type { ComponentProps, ReactNode } from 'react'
import { DialogButtons } from './dialog-buttons'

type DialogFormProps = Omit<ComponentProps<typeof DialogButtons>, 'type' | 'onClick' | 'onSubmit'> & {
  onSubmit: (form: FormData) => void
  onCancel: () => void
  children?: ReactNode
}

/** A dialog's fields, over the buttons that submit and cancel them. */
export function DialogForm({ onSubmit, children, ...buttons }: DialogFormProps) {
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        // a dialog inside a form of the page is no part of that form
        event.stopPropagation()
        onSubmit(new FormData(event.currentTarget))
      }}
    >
      {children}
      <DialogButtons type="submit" {...buttons} />
    </form>
  )
}
