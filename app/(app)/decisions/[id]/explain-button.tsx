'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { explainAction } from '../actions'

/** Says why attempts of one kind may be blocked. */
export function ExplainButton({ id, kind }: { id: number; kind: string }) {
  const { run, busy } = useAction()
  const [open, setOpen] = useState(false)
  const { text: reason, setText: setReason, discard } = useDraft(`explain ${id} ${kind}`)
  const submit = async () => {
    const answer = await run(() => explainAction({ id, kind, reason }), 'Explained.')
    if (!answer.ok) return
    discard()
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>Explain…</Button>
      {open && (
        <Dialog
          open
          onOpenChange={setOpen}
          title="Explain these attempts"
          description="Say why they may be blocked. What has to go on running takes an exception instead, in a new draft."
        >
          <DialogForm label="Explain" busy={busy} onSubmit={submit} onCancel={() => setOpen(false)}>
            <TextareaField
              label="Why they may be blocked"
              required
              maxLength={4000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </DialogForm>
        </Dialog>
      )}
    </>
  )
}
