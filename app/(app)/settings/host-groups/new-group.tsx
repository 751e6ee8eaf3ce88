'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { createGroupAction } from './actions'

/** The button that makes a group, and its dialog. */
export function NewGroup() {
  const [open, setOpen] = useState(false)
  const { run, busy } = useAction()
  const submit = async (form: FormData) => {
    const name = String(form.get('name'))
    const answer = await run(() => createGroupAction(name), `${name} was made.`)
    if (answer.ok) setOpen(false)
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Make a group
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Make a host group">
        <DialogForm label="Make the group" busy={busy} onSubmit={submit} onCancel={() => setOpen(false)}>
          <TextField
            label="Name"
            name="name"
            required
            maxLength={100}
            hint="Hosts of a kind: Workstations."
          />
        </DialogForm>
      </Dialog>
    </>
  )
}
