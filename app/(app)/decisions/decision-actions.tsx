'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextareaField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { decideAction, withdrawAction } from './actions'
import type { OfferedMove } from './moves-of'

const WORDS = {
  approve: {
    button: 'Approve',
    title: 'Approve this verdict',
    effect: 'It stands from now on, and supersedes what was approved before for the same hosts.',
    done: 'Approved.',
  },
  reject: {
    button: 'Reject',
    title: 'Reject this verdict',
    effect: 'The binary stays as it was; another verdict can be proposed.',
    done: 'Rejected.',
  },
  withdraw: {
    button: 'Withdraw',
    title: 'Withdraw this proposal',
    effect: 'Nobody can approve it any more; another one can be proposed.',
    done: 'Withdrawn.',
  },
} as const satisfies Record<OfferedMove, { button: string; title: string; effect: string; done: string }>

type DecisionActionsProps = { id: number; version: number; moves: readonly OfferedMove[] }

/** The moves somebody may make, each with its effect and a comment before it happens. */
export function DecisionActions({ id, version, moves }: DecisionActionsProps) {
  const [open, setOpen] = useState<OfferedMove | null>(null)
  if (moves.length === 0) return null
  return (
    <div className="flex gap-2">
      {moves.map((move) => (
        <Button
          key={move}
          variant={move === 'approve' ? 'primary' : 'secondary'}
          onClick={() => setOpen(move)}
        >
          {WORDS[move].button}…
        </Button>
      ))}
      {open !== null && <MoveDialog id={id} version={version} move={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

type MoveDialogProps = { id: number; version: number; move: OfferedMove; onClose: () => void }

function MoveDialog({ id, version, move, onClose }: MoveDialogProps) {
  const { run, busy } = useAction()
  const [comment, setComment] = useState('')
  const words = WORDS[move]
  const submit = async () => {
    const action = () =>
      move === 'withdraw' ? withdrawAction({ id, version }) : decideAction({ id, version, move, comment })
    await run(action, words.done)
    onClose()
  }
  return (
    <Dialog open onOpenChange={onClose} title={words.title} description={words.effect}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {move !== 'withdraw' && (
          <TextareaField
            label="Comment"
            required={move === 'reject'}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={move === 'approve' ? 'primary' : 'danger'} busy={busy}>
            {words.button}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
