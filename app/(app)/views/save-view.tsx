'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { Checkbox, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { ViewPage } from '@/lib/pipeline/saved-view'
import { saveViewAction } from './actions'

type SaveViewProps = { page: ViewPage; query: string; mayShare: boolean; onClose: () => void }

/** Asks for a name for the filters and the sorting that are set. */
export function SaveView({ page, query, mayShare, onClose }: SaveViewProps) {
  const { run, busy } = useAction()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = async () => {
    const answer = await run(
      () => saveViewAction({ page, name, query, shared }),
      `The view “${name.trim()}” is kept.`,
    )
    if (answer.ok) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Save view"
      description="Keeps the filters, sorting and columns that are set, not the rows."
    >
      <DialogForm
        label="Save view"
        busy={busy}
        disabled={name.trim() === ''}
        onSubmit={() => void save()}
        onCancel={onClose}
      >
        <TextField
          label="Name"
          value={name}
          maxLength={80}
          required
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        {mayShare && (
          <Checkbox
            label="Share it with everybody"
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
        )}
      </DialogForm>
    </Dialog>
  )
}
