import { z } from 'zod'
import { STATUS } from '@/lib/http/status'
import type { IngestAnswer } from '@/lib/operations/ingest/ingest-events'

/** Answers of handlers that have no contract of their own beside them. */

const Count = z.number().int().min(0)

export const EventsAnswer: z.ZodType<IngestAnswer> = z.object({
  received: Count.describe('Records read, rejected ones included'),
  executions: Count.describe('New executions of proxy binaries'),
  duplicates: Count.describe('Executions that were stored already, or reported by another sensor before'),
  rejections: z
    .array(
      z.object({
        line: Count.describe('Of the body, from 1; of a body that is no NDJSON, the record'),
        reason: z.string(),
      }),
    )
    .max(1000)
    .describe('Records that could not be read: the first 1000'),
})

export const UploadAccepted = z.object({ id: z.uuid().describe('Ask for its progress with it') })

export const Health = z.object({
  ok: z.boolean(),
  database: z.enum(['up', 'down']).optional(),
  worker: z.enum(['up', 'none', 'unknown']).optional(),
  reasons: z.array(z.string()).optional().describe('What is wrong, and what to do'),
})

export const Failure = z.object({
  error: z.object({
    code: z.enum([...(Object.keys(STATUS) as [keyof typeof STATUS]), 'internal']),
    message: z.string().describe('What happened and what to do, for people'),
  }),
})
