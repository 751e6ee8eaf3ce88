'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { ROLES, type Role } from '@/lib/pipeline/actor'
import { createAccountAction } from '../actions'

export const ROLE_OPTIONS: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Viewer: reads and exports' },
  { value: 'responder', label: 'Responder: imports, triages, proposes' },
  { value: 'manager', label: 'Manager: also approves' },
  { value: 'admin', label: 'Admin: also accounts, keys, catalogue' },
]

type NewAccountDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

export function NewAccountDialog({ open, onOpenChange }: NewAccountDialogProps) {
  const { run, busy } = useAction()
  const submit = async (form: FormData) => {
    const field = (name: string) => String(form.get(name) ?? '')
    const role = ROLES.find((one) => one === field('role')) ?? 'viewer'
    const account = { name: field('name'), email: field('email'), password: field('password'), role }
    const answer = await run(() => createAccountAction(account), `${account.email} can sign in now.`)
    if (answer.ok) onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add account">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
      >
        <TextField label="Name" name="name" required autoComplete="off" />
        <TextField label="E-mail" name="email" type="email" required autoComplete="off" />
        <SelectField label="Role" name="role" options={ROLE_OPTIONS} defaultValue="responder" />
        <TextField
          label="First password"
          name="password"
          required
          minLength={12}
          autoComplete="off"
          hint="At least 12 characters. Tell it to the person; they can change it in their settings."
        />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Add account
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
