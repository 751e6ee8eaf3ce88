'use client'

import { type ReactNode, useState } from 'react'
import { Dialog } from './dialog'
import { DialogButtons } from './dialog-buttons'
import { TextField } from './field'

type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** The effect, in numbers, before it happens. */
  effect: ReactNode
  /** The button's verb: "Disable account". */
  confirm: string
  /** The other button's, where "Cancel" could be taken for the verb. */
  dismiss?: string
  /** For what cannot be undone: the text to type first. */
  typeToConfirm?: string
  onConfirm: () => Promise<void>
}

/** Shows what would happen and asks once; the button works while `onConfirm` runs, then the dialog closes. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, effect, confirm, dismiss, typeToConfirm, onConfirm } = props
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    await onConfirm().finally(() => setBusy(false))
    setTyped('')
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title}>
      <div className="space-y-4">
        <div>{effect}</div>
        {typeToConfirm !== undefined && (
          <TextField
            label={`Type “${typeToConfirm}” to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
          />
        )}
        <DialogButtons
          label={confirm}
          {...(dismiss !== undefined && { dismiss })}
          variant="danger"
          busy={busy}
          disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
          onClick={run}
          onCancel={() => onOpenChange(false)}
        />
      </div>
    </Dialog>
  )
}
