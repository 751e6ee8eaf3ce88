'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useAction } from '@/components/ui/use-action'
import type { ActionResult } from '@/lib/http/action-result'
import { cancelUploadAction, pauseUploadAction, resumeUploadAction } from '../actions'

type UploadStepsProps = { uploadId: string; state: string }

/** Pause or resume, and cancel: what an import that is not over can be told. */
export function UploadSteps({ uploadId, state }: UploadStepsProps) {
  const [asking, setAsking] = useState(false)
  const { run, busy } = useAction()
  const tell = (action: (id: string) => Promise<ActionResult<void>>, done: string) =>
    run(() => action(uploadId), done)
  return (
    <>
      {(state === 'queued' || state === 'running') && (
        <Button
          busy={busy}
          onClick={() => tell(pauseUploadAction, 'The import pauses after the batch it is at.')}
        >
          Pause
        </Button>
      )}
      {state === 'paused' && (
        <Button
          variant="primary"
          busy={busy}
          onClick={() => tell(resumeUploadAction, 'The import goes on where it stopped.')}
        >
          Resume
        </Button>
      )}
      <Button onClick={() => setAsking(true)}>Cancel</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this import?"
        effect="What has been read of it stays. The rest is not read; it can be imported again, and nothing is stored twice."
        confirm="Cancel import"
        dismiss="Keep importing"
        onConfirm={async () => {
          await tell(cancelUploadAction, 'The import was cancelled.')
        }}
      />
    </>
  )
}
