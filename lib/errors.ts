/** The expected failures. Anything that is not one of these is a bug: logged, answered 500, no detail shown. */
export type ErrorCode =
  | 'invalid-input'
  | 'unauthenticated'
  /** Signed in, but not lately enough for this. */
  | 'stale-session'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-slow'
  | 'unsupported-encoding'
  | 'busy'
  | 'unavailable'

/** A failure the caller can act on; `message` is safe to show and says what to do. */
export class ExpectedError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, publicMessage: string, options?: { cause?: unknown }) {
    super(publicMessage, options)
    this.name = 'ExpectedError'
    this.code = code
  }
}

const DISK_FULL = /\b53100\b|could not extend file|No space left on device/
/** PostgreSQL's codes (appendix A: 08, 53300, 57P01 to 57P03), Prisma's, and what the driver says of connections. */
const AWAY =
  /\b(?:08\d{3}|53300|57P0[123]|P1001|P1017)\b|ECONNREFUSED|ECONNRESET|Connection terminated|not queryable|Can't reach database server/

/** What whoever asked is told where the database cannot do its work; null = another fault. Both are logged alike. */
export function toUnavailable(error: unknown): ExpectedError | null {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: unknown }
  const said = `${code} ${message}`
  if (DISK_FULL.test(said))
    return unavailable('The disk of the database is full: its administrator has to make room.')
  return AWAY.test(said) ? unavailable('The database does not answer.') : null
}

function unavailable(reason: string): ExpectedError {
  return new ExpectedError(
    'unavailable',
    `${reason} Come again later: what is stored already is stored once.`,
  )
}
