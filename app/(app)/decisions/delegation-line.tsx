'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { SelectField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { delegateAction } from './actions'

type DelegationLineProps = {
  given: { to: string; until: string } | null
  received: readonly { from: string; until: string }[]
}

type StandInButtonProps = {
  /** Managers who could stand in. */
  others: readonly { id: string; name: string }[]
}

/** Who decides for a manager who is away, and for whom they decide. */
export function DelegationLine({ given, received }: DelegationLineProps) {
  const { run, busy } = useAction()
  const takeBack = () =>
    run(
      () => delegateAction({ toId: null, until: given?.until ?? '1970-01-01' }),
      'What awaits you is yours again.',
      'Take back what somebody decides for you',
    )
  if (given === null && received.length === 0) return null
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      {given !== null && (
        <span>
          {given.to} decides for you until {given.until}.{' '}
          <Button variant="quiet" busy={busy} onClick={takeBack}>
            Take back
          </Button>
        </span>
      )}
      {received.map(({ from, until }) => (
        <span key={from}>
          You decide for {from} until {until}.
        </span>
      ))}
    </div>
  )
}

/** Offers to leave what awaits somebody to another manager. */
export function StandInButton({ others }: StandInButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Let somebody stand in…
      </Button>
      {open && <DelegateDialog others={others} onClose={() => setOpen(false)} />}
    </>
  )
}

function DelegateDialog({ others, onClose }: { others: StandInButtonProps['others']; onClose: () => void }) {
  const { run, busy } = useAction()
  const [toId, setToId] = useState(others[0]?.id ?? '')
  const [until, setUntil] = useState('')
  const submit = async () => {
    const answer = await run(
      () => delegateAction({ toId, until }),
      'They were given what awaits you.',
      `Let ${others.find(({ id }) => id === toId)?.name ?? 'somebody'} stand in until ${until}`,
    )
    if (answer.ok) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Let somebody stand in"
      description="What awaits you is theirs to decide until a day, with their own role and on the hosts that they see. You can still decide yourself."
    >
      <DialogForm label="Let them stand in" busy={busy} onSubmit={submit} onCancel={onClose}>
        <SelectField
          label="Who"
          value={toId}
          onChange={(event) => setToId(event.target.value)}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          label="Until"
          type="date"
          required
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
