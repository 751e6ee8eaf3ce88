import type { z } from 'zod'
import { ExpectedError } from '@/lib/errors'

/** @throws ExpectedError 'invalid-input' with the first problem */
export function checked<Schema extends z.ZodType>(schema: Schema, submitted: unknown): z.output<Schema> {
  const read = schema.safeParse(submitted)
  if (read.success) return read.data
  throw new ExpectedError('invalid-input', read.error.issues[0]?.message ?? 'The input is not valid.', {
    cause: read.error,
  })
}
