import { z } from 'zod'

export const ChangesQuery = z.object({
  since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('Microseconds since 1970'),
})

export const ChangesAnswer = z.object({
  total: z.int().describe('Items that match now'),
  fresh: z.int().describe('Of these, first found since'),
  states: z.array(z.object({ value: z.string(), count: z.int() })),
  changed: z
    .array(z.object({ id: z.string(), by: z.string() }))
    .describe('Items that somebody else changed since, and who did last'),
})
