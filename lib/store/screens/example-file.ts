import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, openImportFile } from '@/lib/store/imports'
import type { IncomingCreation } from '@/lib/store/ingest/creation-row'
import { type IncomingRest, NO_REST, writeBatch } from '@/lib/store/ingest/write-batch'
import { pool } from '@/lib/store/pool'

type Content = Partial<IncomingRest> & { creations?: readonly IncomingCreation[] }

/** For tests of screens: stores events as `test.evtx`, the one file of an upload. Answers the upload's id. */
export async function storeFile({ creations = [], ...rest }: Content): Promise<string> {
  const uploadId = await createUpload(pool(), EXAMPLE_UPLOAD)
  const file = await openImportFile(pool(), uploadId, 'test.evtx', 'evtx')
  const receipt = {
    importFileId: file.id,
    checkpoint: creations.length,
    records: creations.length,
    eventsByKind: { 'process-creation': creations.length },
    rejections: [],
    firstAtUs: null,
    lastAtUs: null,
  }
  await writeBatch(pool(), creations, receipt, { ...NO_REST, ...rest })
  return uploadId
}
