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

/** A failure the caller can act on; `message` is safe to show and says what to do. */
export class ExpectedError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, publicMessage: string, options?: { cause?: unknown }) {
    super(publicMessage, options)
    this.name = 'ExpectedError'
    this.code = code
  }
}

const STOPPED = 'stopped-after-'

/** A statement took longer than a page may: what was asked for is too much, and nothing was changed. */
export class StoppedError extends ExpectedError {
  /** All that Next tells a browser of an error in a page. */
  readonly digest: string
  constructor(seconds: number, options?: { cause?: unknown }) {
    const advice =
      'Narrow the time or the filters, or try again when there is less to do. Nothing was changed.'
    super('stopped', `This took longer than ${seconds} s and was stopped. ${advice}`, options)
    this.digest = `${STOPPED}${seconds}`
  }
}

/** After how many seconds a page's reading was stopped, by its error's digest; null = another error. */
export function stoppedAfter(digest: string | undefined): number | null {
  return digest?.startsWith(STOPPED) ? Number(digest.slice(STOPPED.length)) : null
}

/** PostgreSQL's query_canceled: its time was up, or its administrator ended it. Prisma's errors have the code in their text. */
export function isStopped(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: unknown }
  return code === '57014' || /\b57014\b|canceling statement due to/.test(String(message))
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
