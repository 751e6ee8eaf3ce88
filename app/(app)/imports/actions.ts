'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { cancelUpload } from '@/lib/operations/ingest/cancel-upload'

export async function cancelUploadAction(uploadId: string): Promise<ActionResult<void>> {
  const actor = await requireActor('import')
  return await actionResult(() => cancelUpload(actor, uploadId))
}
