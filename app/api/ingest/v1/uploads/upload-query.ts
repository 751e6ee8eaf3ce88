import { z } from 'zod'

/** Longest host name of DNS. */
const MAX_HOST = 253

export const UploadQuery = z.object({
  name: z.string().min(1).describe('Name of the file; it is shown, never opened'),
  host: z
    .string()
    .trim()
    .min(1)
    .max(MAX_HOST)
    .refine((host) => !host.includes('\0'), 'must not contain NUL')
    .optional()
    .describe('Host of records that name none'),
})
