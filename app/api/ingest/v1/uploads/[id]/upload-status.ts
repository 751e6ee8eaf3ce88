import { z } from 'zod'
import type { FileRow, RejectionRow } from '@/lib/store/screens/import-files'
import type { UploadDetail } from '@/lib/store/screens/imports'

const Count = z.number().int().min(0)

/** What `GET /api/ingest/v1/uploads/ID` answers: progress, then the result. */
export const UploadStatus = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum([
    'receiving',
    'queued',
    'running',
    'paused',
    'interrupted',
    'done',
    'failed',
    'cancelled',
    'taking-back',
    'taken-back',
  ]),
  error: z.string().nullable().describe('Why it failed'),
  sizeBytes: Count.nullable().describe('As announced; null when unknown'),
  receivedBytes: Count,
  readBytes: Count.describe('How much of what was received has been read'),
  records: Count,
  processes: Count.describe('New process creations'),
  executions: Count.describe('New executions of proxy binaries'),
  executionsDuplicate: Count,
  rejected: Count.describe('Records that could not be read'),
  damaged: Count.describe('Damaged places in files, told among the rejections; no records'),
  hostless: Count.describe('Of these, records that name no host: send the file again with one'),
  lost: Count.describe(
    'Records that it told again of imports that were taken back, and that went with them: send the file again',
  ),
  filesTotal: Count,
  files: z
    .array(
      z.object({
        path: z.string(),
        format: z.string().nullable(),
        state: z.enum([
          'running',
          'paused',
          'interrupted',
          'done',
          'rejected',
          'failed',
          'cancelled',
          'taking-back',
          'taken-back',
        ]),
        error: z.string().nullable(),
        records: Count,
        eventsByKind: z.record(z.string(), Count),
        eventsKept: z
          .record(z.string(), Count)
          .describe('Of kinds beside process creations: newly stored, by kind'),
        eventsDuplicate: z.record(z.string(), Count).describe('Of these kinds: stored already'),
        executions: Count,
        executionsDuplicate: Count,
        rejected: Count,
        damaged: Count,
      }),
    )
    .describe('The first 100 files or archive members, by path'),
  rejections: z
    .array(
      z.object({ path: z.string(), position: Count, recordId: z.string().nullable(), reason: z.string() }),
    )
    .describe('The first 100 records that could not be read and damaged places, by file and position'),
})
export type UploadStatus = z.infer<typeof UploadStatus>

export function toUploadStatus(
  upload: UploadDetail,
  files: readonly FileRow[],
  rejections: readonly RejectionRow[],
): UploadStatus {
  return UploadStatus.parse({ ...upload, filesTotal: upload.files, files, rejections })
}
