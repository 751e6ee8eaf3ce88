import type { ErrorCode } from '@/lib/errors'

/** What each expected failure is over HTTP. */
export const STATUS: Record<ErrorCode, number> = {
  'invalid-input': 400,
  unauthenticated: 401,
  'stale-session': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-slow': 408,
  'too-large': 413,
  'unsupported-encoding': 415,
  busy: 429,
  stopped: 503,
  unavailable: 503,
}
