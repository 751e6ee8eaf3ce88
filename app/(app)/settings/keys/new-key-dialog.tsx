'use client'

import { useState } from 'react'
import { Details } from '@/components/ui/details'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { DialogForm } from '@/components/ui/dialog-form'
import { Checkbox, SelectField, TextField } from '@/components/ui/field'
import { HandedOver } from '@/components/ui/handed-over'
import { useAction } from '@/components/ui/use-action'
import { KEY_SCOPES, type KeyScope } from '@/lib/pipeline/actor'
import { createKeyAction } from '../actions'
import type { ShipperTarget } from './shipper-recipes'
import { ShipperSetup } from './shipper-setup'

const SCOPE_WORDS: Record<KeyScope, string> = {
  ingest: 'ingest: send events and files',
  read: 'read: what the pages show',
  export: 'export: CSV of everything, the audit log too',
}

/** Days; none = until somebody revokes it. */
const LIFETIMES = [
  { value: '30', label: 'for 30 days' },
  { value: '90', label: 'for 90 days' },
  { value: '365', label: 'for a year' },
  { value: '', label: 'until it is revoked' },
]

type NewKeyDialogProps = { baseUrl: string; open: boolean; onOpenChange: (open: boolean) => void }

/** Makes a key, then shows its secret once. */
export function NewKeyDialog({ baseUrl, open, onOpenChange }: NewKeyDialogProps) {
  const [secret, setSecret] = useState<string | null>(null)
  const close = () => {
    setSecret(null)
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={close} title={secret === null ? 'Make an API key' : 'Copy the key now'}>
      {secret === null ? (
        <NewKeyForm onMade={setSecret} onCancel={close} />
      ) : (
        <Secret target={{ baseUrl, secret }} onDone={close} />
      )}
    </Dialog>
  )
}

function NewKeyForm({ onMade, onCancel }: { onMade: (secret: string) => void; onCancel: () => void }) {
  const { run, busy } = useAction()
  const submit = async (form: FormData) => {
    const scopes = KEY_SCOPES.filter((scope) => form.getAll('scopes').includes(scope))
    const days = Number(form.get('days')) || null
    const name = String(form.get('name'))
    const answer = await run(
      () => createKeyAction({ name, scopes, days }),
      'The key was made.',
      `Make the key ${name}: ${scopes.join(', ')}`,
    )
    if (answer.ok) onMade(answer.value)
  }
  return (
    <DialogForm label="Make the key" busy={busy} onSubmit={submit} onCancel={onCancel}>
      <TextField label="Name" name="name" required hint="What will use it: 'winlogbeat on the collectors'." />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Scopes</legend>
        {KEY_SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={SCOPE_WORDS[scope]}
            defaultChecked={scope === 'ingest'}
          />
        ))}
      </fieldset>
      <SelectField label="Works" name="days" options={LIFETIMES} defaultValue="365" />
    </DialogForm>
  )
}

function Secret({ target, onDone }: { target: ShipperTarget; onDone: () => void }) {
  const { secret } = target
  return (
    <div className="space-y-4">
      <p>It is stored hashed and cannot be shown again.</p>
      <HandedOver name="secret" text={secret} copy="Copy key" />
      <Details>
        <summary className="cursor-pointer">Configurations of shippers, with this key in them</summary>
        <div className="mt-3">
          <ShipperSetup target={target} />
        </div>
      </Details>
      <DialogButtons label="Done" onClick={onDone} />
    </div>
  )
}
