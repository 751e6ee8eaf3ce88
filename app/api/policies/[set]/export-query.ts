import { z } from 'zod'

/** What the query string of a set's download may say. */
export const ExportQuery = z.object({
  path: z.string().min(1).max(500).optional().describe('One file of the set instead of all of them as a zip'),
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('Of policies: a version that was kept'),
  days: z.enum(['1', '7', '30']).optional().describe('Of collection: how far back its queries reach'),
})
