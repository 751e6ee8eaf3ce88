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
