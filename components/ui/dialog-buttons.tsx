import type { ComponentProps } from 'react'
import { Button } from './button'

type DialogButtonsProps = Omit<ComponentProps<typeof Button>, 'children'> & {
  label: string
  /** undefined = there is no way back. */
  onCancel?: () => void
}

/** What ends a dialog: a way back where there is one, and the button that does what its title says. */
export function DialogButtons({ label, onCancel, variant = 'primary', ...rest }: DialogButtonsProps) {
  return (
    <div className="flex justify-end gap-2">
      {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
      <Button variant={variant} {...rest}>
        {label}
      </Button>
    </div>
  )
}
