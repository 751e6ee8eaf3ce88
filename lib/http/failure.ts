import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'

/** Seconds: a batch is written in less. */
export const RETRY_AFTER = { 'retry-after': '5' }

/** Logs a failure that nobody expected; a sender who went away in the middle is none of ours. */
export function logFault(error: unknown, request: Request): void {
  const where = { err: error, method: request.method, path: new URL(request.url).pathname }
  if (request.signal.aborted) log().info(where, 'the sender went away')
  else log().error(where, 'request failed')
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
