import { ExpectedError } from '@/lib/errors'

/** A failure of ours or of the database, not of the file: it ends the import, which can be started again. */
export function isFault(error: unknown): boolean {
  if (error instanceof ExpectedError) return true
  const code = (error as { code?: unknown } | null)?.code
  // zlib's codes start with Z_ and speak of the file; yauzl's and tar's errors carry none
  return typeof code === 'string' && !code.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE'
}

export function damageReason(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  return `damaged or cut off: ${detail}. What came before it was kept.`
}
