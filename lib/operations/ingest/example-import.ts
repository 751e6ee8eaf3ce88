import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, type ImportFileSummary, summariseFiles } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import type { ByteSource } from './byte-source'
import { type ImportContext, importSource } from './import-source'
import { loadRecogniser } from './load-recogniser'

/** For tests: reads a source as an upload of its own, or goes on with `uploadId`. Answers what became of the upload's files. */
export async function importExample(
  pool: Pool,
  source: ByteSource,
  options: Partial<ImportContext> = {},
): Promise<ImportFileSummary[]> {
  const uploadId = options.uploadId ?? (await createUpload(pool, EXAMPLE_UPLOAD))
  const recogniser = await loadRecogniser(pool)
  await importSource({ pool, recogniser, defaultHost: null, format: null, ...options, uploadId }, source)
  return summariseFiles(pool, { kind: 'all' }, uploadId)
}
