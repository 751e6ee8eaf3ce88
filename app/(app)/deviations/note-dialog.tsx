'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import type { NamedTarget } from './triage-dialog'

type NoteDialogProps = {
  targets: readonly NamedTarget[]
  onAdd: (note: string) => Promise<boolean>
  onClose: () => void
}

/** Notes the same on one or more items without leaving the list. */
export function NoteDialog({ targets, onAdd, onClose }: NoteDialogProps) {
  const [busy, setBusy] = useState(false)
  const names = targets.length === 1 ? targets[0]?.id : targets.map(({ title }) => title).join(' ')
  const { text, setText, discard } = useDraft(`note ${names?.slice(0, 200)}`)
  const add = async () => {
    setBusy(true)
    const added = await onAdd(text).finally(() => setBusy(false))
    if (!added) return
    discard()
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Note on ${countOf(targets.length, 'deviation')}`}
      description={targets.length === 1 ? targets[0]?.title : 'Each of them gets it.'}
    >
      <DialogForm
        label="Add note"
        busy={busy}
        disabled={text.trim() === ''}
        onSubmit={() => void add()}
        onCancel={onClose}
      >
        <TextareaField
          label="Note"
          hint="For the next who looks. Ctrl Enter adds it."
          autoFocus
          value={text}
          maxLength={4000}
          onChange={(event) => setText(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
