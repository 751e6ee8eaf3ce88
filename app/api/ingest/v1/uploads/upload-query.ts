import { z } from 'zod'
import { HostName } from '@/lib/operations/ingest/host-name'
import { HOW_TO_NAME } from '@/lib/operations/ingest/upload-offer'
import { SAID_ORDERS } from '@/lib/pipeline/parse/date-order'

export const UploadQuery = z.object({
  name: z.string(HOW_TO_NAME).min(1, HOW_TO_NAME).describe('Name of the file; it is shown, never opened'),
  host: HostName.optional().describe('Host of records that name none'),
  dateOrder: z
    .enum(SAID_ORDERS)
    .optional()
    .describe(
      'Order of day and month in dates like 06/03/2018, of tables that do not show it themselves; records of a table whose dates show another are rejected, where that shows late those behind it',
    ),
})

const MAX_FINGERPRINT = 200
const Bytes = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const ResumableQuery = UploadQuery.extend({
  size: Bytes.describe('Bytes of the whole file'),
  fingerprint: z
    .string()
    .min(1)
    .max(MAX_FINGERPRINT)
    .refine((text) => !text.includes('\0'), 'must not contain NUL')
    .describe('What tells this file from others of its name and size, such as the time of its last change'),
})

export const PieceQuery = z.object({
  offset: Bytes.describe('Where these bytes start: what was received so far'),
})

const Count = z.number().int().min(0)

export const ResumableUpload = z.object({
  id: z.uuid(),
  receivedBytes: Count.describe('Go on from here'),
})

export const PieceReceived = z.object({
  receivedBytes: Count.describe('Go on from here; the file waits to be read once this is its size'),
})
