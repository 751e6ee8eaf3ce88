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
  | 'stopped'
  | 'unavailable'

const SHOWN = 'cordon'

/** A failure the caller can act on; `message` is safe to show and says what to do. */
export class ExpectedError extends Error {
  readonly code: ErrorCode
  /** Of an error in a page Next tells a browser this alone: see `shownFailure`. */
  readonly digest: string
  constructor(code: ErrorCode, publicMessage: string, options?: { cause?: unknown }) {
    super(publicMessage, options)
    this.name = 'ExpectedError'
    this.code = code
    this.digest = `${SHOWN} ${code} ${publicMessage}`
  }
}

/** The expected failure behind the digest of an error that a browser is told; null = another one. */
export function shownFailure(digest: string): { code: string; message: string } | null {
  const [, code, message] = new RegExp(`^${SHOWN} ([a-z-]+) (.+)$`, 's').exec(digest) ?? []
  return code === undefined || message === undefined ? null : { code, message }
}

/** A statement took longer than a page may: what was asked for is too much, and nothing was changed. */
export class StoppedError extends ExpectedError {
  constructor(seconds: number, options?: { cause?: unknown }) {
    const advice =
      'Narrow the time or the filters, or try again when there is less to do. Nothing was changed.'
    super('stopped', `This took longer than ${seconds} s and was stopped. ${advice}`, options)
  }
}

/** PostgreSQL's query_canceled: its time was up, or its administrator ended it. Prisma's errors have the code in their text. */
export function isStopped(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: unknown }
  return code === '57014' || /\b57014\b|canceling statement due to/.test(String(message))
}

const DISK_FULL = /\b53100\b|could not extend file|No space left on device/
/** PostgreSQL's codes (appendix A: 08, 53300, 57P01 to 57P03), Prisma's of the same, and what the driver says of connections. */
const AWAY =
  /\b(?:08\d{3}|53300|57P0[123]|P1001|P1017|P2037)\b|ECONNREFUSED|ECONNRESET|Connection terminated|not queryable|Can't reach database server/

/** What whoever asked is told where the database cannot do its work; null = another fault. Both are logged alike. */
export function toUnavailable(error: unknown): ExpectedError | null {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: unknown }
  const said = `${code} ${message}`
  if (DISK_FULL.test(said))
    return unavailable('The disk of the database is full: its administrator has to make room.', error)
  return AWAY.test(said) ? noAnswer(error) : null
}

/** Nothing came of asking the database. */
export function noAnswer(cause?: unknown): ExpectedError {
  return unavailable('The database does not answer.', cause)
}

function unavailable(reason: string, cause: unknown): ExpectedError {
  const advice = 'Come again later: nothing stored is lost, and what is sent again is stored once.'
  return new ExpectedError('unavailable', `${reason} ${advice}`, { cause })
}
