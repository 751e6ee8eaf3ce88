'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { SelectField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { HandedLink } from '@/lib/operations/account-links'
import { ROLES, type Role } from '@/lib/pipeline/actor'
import { inviteAccountAction } from '../actions'
import { LinkToHand } from './link-to-hand'

export const ROLE_OPTIONS: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Viewer: reads and exports' },
  { value: 'responder', label: 'Responder: imports, triages, proposes' },
  { value: 'manager', label: 'Manager: also approves' },
  { value: 'admin', label: 'Admin: also accounts, keys, catalogue' },
]

type NewAccountDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Makes an account without a password, then shows the link by which its person chooses one. */
export function NewAccountDialog({ open, onOpenChange }: NewAccountDialogProps) {
  const [link, setLink] = useState<HandedLink | null>(null)
  const close = () => {
    setLink(null)
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={close} title={link === null ? 'Add account' : 'Send this link'}>
      {link === null ? (
        <NewAccountForm onMade={setLink} onCancel={close} />
      ) : (
        <LinkToHand link={link} onDone={close} />
      )}
    </Dialog>
  )
}

type NewAccountFormProps = { onMade: (link: HandedLink) => void; onCancel: () => void }

function NewAccountForm({ onMade, onCancel }: NewAccountFormProps) {
  const { run, busy } = useAction()
  const submit = async (form: FormData) => {
    const field = (name: string) => String(form.get(name) ?? '')
    const role = ROLES.find((one) => one === field('role')) ?? 'viewer'
    const invitation = { name: field('name'), email: field('email'), role }
    const answer = await run(
      () => inviteAccountAction(invitation),
      `${invitation.email} has an account.`,
      `Add an account for ${invitation.email}: ${role}`,
    )
    if (answer.ok) onMade(answer.value)
  }
  return (
    <DialogForm label="Add account" busy={busy} onSubmit={submit} onCancel={onCancel}>
      <TextField label="Name" name="name" required autoComplete="off" />
      <TextField label="E-mail" name="email" type="email" required autoComplete="off" />
      <SelectField label="Role" name="role" options={ROLE_OPTIONS} defaultValue="responder" />
    </DialogForm>
  )
}
