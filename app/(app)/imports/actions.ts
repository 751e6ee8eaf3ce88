'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { cancelUpload } from '@/lib/operations/ingest/cancel-upload'
import { pauseUpload, unpauseUpload } from '@/lib/operations/ingest/pause-upload'
import { readAgain } from '@/lib/operations/ingest/read-again'

export async function cancelUploadAction(uploadId: string): Promise<ActionResult<void>> {
  const actor = await requireActor('import')
  return await actionResult(() => cancelUpload(actor, uploadId))
}

export async function pauseUploadAction(uploadId: string): Promise<ActionResult<void>> {
  const actor = await requireActor('import')
  return await actionResult(() => pauseUpload(actor, uploadId))
}

export async function resumeUploadAction(uploadId: string): Promise<ActionResult<void>> {
  const actor = await requireActor('import')
  return await actionResult(() => unpauseUpload(actor, uploadId))
}

export async function readAgainAction(uploadId: string, host: string): Promise<ActionResult<string>> {
  const actor = await requireActor('import')
  return await actionResult(() => readAgain(actor, { uploadId, host }))
}
