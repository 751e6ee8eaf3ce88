'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { RingMove } from '@/lib/pipeline/decision/rings'
import { moveRingAction } from '../actions'

const WORDS: Readonly<Record<RingMove, { button: string; title: string; effect: string; done: string }>> = {
  audit: {
    button: 'Put into audit',
    title: 'Put this ring into audit',
    effect:
      'Its policy in audit is under Policies from then on: put it on these hosts. Their control reports what it would block, and blocks nothing.',
    done: 'The ring is in audit.',
  },
  enforce: {
    button: 'Declare enforced',
    title: 'Declare this ring enforced',
    effect:
      'Its policy blocks from then on: take it from Policies to these hosts. Their events confirm it; what still runs raises an alarm.',
    done: 'The ring is enforced.',
  },
  'roll-back': {
    button: 'Take back',
    title: 'Take this ring back',
    effect: 'Say that the control was undone on its hosts. The decision stands; the ring can be tried again.',
    done: 'The ring was taken back.',
  },
}

type RingActionsProps = {
  id: number
  version: number
  ringId: number
  /** Its name and hosts, as the page says them. */
  ring: string
  moves: readonly RingMove[]
  /** What holds enforcing back; none = the gate says ready. */
  held: readonly string[]
  /** Whether the reader may enforce all the same, with a reason. */
  mayOverride: boolean
}

/** What can be said of a ring, each with its effect before it is said. */
export function RingActions({ moves, held, mayOverride, ...target }: RingActionsProps) {
  const [open, setOpen] = useState<RingMove | null>(null)
  return (
    <div className="flex flex-wrap gap-2">
      {moves.map((move) => (
        <Button
          key={move}
          variant={move === 'enforce' && held.length === 0 ? 'primary' : 'secondary'}
          disabled={move === 'enforce' && held.length > 0 && !mayOverride}
          title={move === 'enforce' && held.length > 0 ? 'The gate says that it is not ready' : undefined}
          onClick={() => setOpen(move)}
        >
          {WORDS[move].button}…
        </Button>
      ))}
      {open !== null && (
        <RingDialog
          {...target}
          move={open}
          held={open === 'enforce' ? held : []}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}

type RingDialogProps = Pick<RingActionsProps, 'id' | 'version' | 'ringId' | 'ring' | 'held'> & {
  move: RingMove
  onClose: () => void
}

function RingDialog({ id, version, ringId, ring, held, move, onClose }: RingDialogProps) {
  const { run, busy } = useAction()
  const { text: reason, setText: setReason, discard } = useDraft(`ring ${ringId} ${move}`)
  const words = WORDS[move]
  const submit = async () => {
    const answer = await run(
      () => moveRingAction({ id, version, ringId, move, reason }),
      words.done,
      `${words.title}: ${ring}`,
    )
    if (answer.ok) discard()
    onClose()
  }
  return (
    <Dialog open onOpenChange={onClose} title={words.title} description={words.effect}>
      <DialogForm
        label={words.button}
        variant={move === 'roll-back' || held.length > 0 ? 'danger' : 'primary'}
        busy={busy}
        onSubmit={submit}
        onCancel={onClose}
      >
        <p>{ring}</p>
        {held.length > 0 && (
          <div className="rounded border border-warn p-3">
            <p className="font-medium">It is not ready</p>
            <ul className="list-disc pl-5">
              {held.map((why) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
          </div>
        )}
        <TextareaField
          label={held.length > 0 ? 'Why all the same' : 'Why'}
          required={held.length > 0 || move === 'roll-back'}
          maxLength={4000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
