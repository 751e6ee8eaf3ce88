'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useAction } from '@/components/ui/use-action'
import type { ActionResult } from '@/lib/http/action-result'

type CancelUploadProps = {
  uploadId: string
  cancelUpload: (uploadId: string) => Promise<ActionResult<void>>
}

export function CancelUpload({ uploadId, cancelUpload }: CancelUploadProps) {
  const [asking, setAsking] = useState(false)
  const { run } = useAction()
  return (
    <>
      <Button onClick={() => setAsking(true)}>Cancel</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this import?"
        effect="What has been read of it stays. The rest is not read; it can be uploaded again, and nothing is stored twice."
        confirm="Cancel import"
        onConfirm={async () => {
          await run(() => cancelUpload(uploadId), 'The import was cancelled.')
        }}
      />
    </>
  )
}
