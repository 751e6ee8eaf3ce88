'use client'

import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { ROLES, type Role } from '@/lib/pipeline/actor'
import { changeAccessPolicyAction } from '../actions'

type PolicyFormProps = {
  policy: { twoStepRoles: readonly Role[]; idleMinutes: number; sessionHours: number; freshMinutes: number }
}

/** Who needs the second step, and how long sessions live. */
export function PolicyForm({ policy }: PolicyFormProps) {
  const { run, busy } = useAction()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const whole = (name: string) => Number(form.get(name))
    const change = {
      twoStepRoles: ROLES.filter((role) => form.getAll('twoStepRoles').includes(role)),
      idleMinutes: whole('idleMinutes'),
      sessionHours: whole('sessionHours'),
      freshMinutes: whole('freshMinutes'),
    }
    run(
      () => changeAccessPolicyAction(change),
      'Saved.',
      'Change who needs two steps to sign in, and how long sessions live',
    )
  }
  return (
    <form onSubmit={submit} className="max-w-3xl space-y-4">
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1">
        <legend className="mb-1 font-medium">Two-step sign-in is required of</legend>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            name="twoStepRoles"
            value={role}
            label={role}
            defaultChecked={policy.twoStepRoles.includes(role)}
          />
        ))}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField
          label="A session ends after idle minutes"
          name="idleMinutes"
          type="number"
          min={5}
          max={10_080}
          required
          defaultValue={policy.idleMinutes}
        />
        <TextField
          label="and at the latest after hours"
          name="sessionHours"
          type="number"
          min={1}
          max={720}
          required
          defaultValue={policy.sessionHours}
        />
        <TextField
          label="A confirmation holds for minutes"
          name="freshMinutes"
          type="number"
          min={1}
          max={60}
          required
          defaultValue={policy.freshMinutes}
          hint="For decisions, accounts and keys."
        />
      </div>
      <Button type="submit" busy={busy}>
        Save
      </Button>
    </form>
  )
}
