'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { decideBatchAction } from './actions'

type BatchActionsProps = { batchId: string; items: { id: number; version: number }[] }

/** One answer to all decisions of a batch that wait. */
export function BatchActions({ batchId, items }: BatchActionsProps) {
  const [move, setMove] = useState<'approve' | 'reject' | null>(null)
  return (
    <div className="flex gap-2">
      <Button variant="primary" onClick={() => setMove('approve')}>
        Approve all {items.length}…
      </Button>
      <Button onClick={() => setMove('reject')}>Reject all…</Button>
      {move !== null && (
        <BatchDialog batchId={batchId} items={items} move={move} onClose={() => setMove(null)} />
      )}
    </div>
  )
}

type BatchDialogProps = BatchActionsProps & { move: 'approve' | 'reject'; onClose: () => void }

function BatchDialog({ batchId, items, move, onClose }: BatchDialogProps) {
  const { run, busy } = useAction()
  const { text: comment, setText: setComment, discard } = useDraft(`batch ${batchId} ${move}`)
  const verb = move === 'approve' ? 'Approve' : 'Reject'
  const title = `${verb} ${countOf(items.length, 'decision')}`
  const submit = async () => {
    const answer = await run(
      () => decideBatchAction({ batchId, items, move, comment }),
      move === 'approve' ? 'All were approved.' : 'All were rejected.',
      title,
    )
    if (answer.ok) discard()
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description="All of them or none: where one was changed, or its binary was used since, nothing happens. Each has its own history."
    >
      <DialogForm
        label={verb}
        variant={move === 'approve' ? 'primary' : 'danger'}
        busy={busy}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextareaField
          label="Comment"
          required={move === 'reject'}
          maxLength={4000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
