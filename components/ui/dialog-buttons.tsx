import type { ComponentProps } from 'react'
import { Button } from './button'

type DialogButtonsProps = Omit<ComponentProps<typeof Button>, 'children'> & {
  label: string
  /** undefined = there is no way back. */
  onCancel?: () => void
  /** The way back, where what is asked is a cancelling itself. */
  dismiss?: string
}

/** What ends a dialog: a way back where there is one, and the button that does what its title says. */
export function DialogButtons(props: DialogButtonsProps) {
  const { label, onCancel, dismiss = 'Cancel', variant = 'primary', ...rest } = props
  return (
    <div className="flex justify-end gap-2">
      {onCancel !== undefined && <Button onClick={onCancel}>{dismiss}</Button>}
      <Button variant={variant} {...rest}>
        {label}
      </Button>
    </div>
  )
}
