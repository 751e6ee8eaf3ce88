'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { cancelUpload } from '@/lib/operations/ingest/cancel-upload'
import { pauseUpload, unpauseUpload } from '@/lib/operations/ingest/pause-upload'
import { type ReadAgain, readAgain } from '@/lib/operations/ingest/read-again'
import { previewTakingBack, takeBack } from '@/lib/operations/ingest/take-back'
import type { TakeBackPreview } from '@/lib/store/screens/take-back-preview'

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

export async function readAgainAction(request: ReadAgain): Promise<ActionResult<string>> {
  const actor = await requireActor('import')
  return await actionResult(() => readAgain(actor, request))
}

export async function previewTakingBackAction(uploadId: string): Promise<ActionResult<TakeBackPreview>> {
  const actor = await requireActor('take-back')
  return await actionResult(() => previewTakingBack(actor, uploadId))
}

export async function takeBackAction(uploadId: string, reason: string): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    takeBack(await requireFreshSession('take-back'), { uploadId, reason }),
  )
}
