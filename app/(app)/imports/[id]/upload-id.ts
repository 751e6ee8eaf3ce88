import { z } from 'zod'

/** Anything else in the address names no upload. */
export function isUploadId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
