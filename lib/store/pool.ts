import pg from 'pg'
import { appDatabaseUrl, env } from '@/lib/env'
import { dayOfNumber } from '@/lib/pipeline/days'
import { isBehindPages } from '@/lib/priority'
import { putBackendBehindPages } from './own-backend'

/** A pool of connections, for those who only pass it on. */
export type Pool = pg.Pool

/** timestamptz arrives as integer microseconds since 1970: a Date would cut it to milliseconds and break keyset paging. */
const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20
const POOL_SIZE = 10
/** A connection knows the tables that it was asked about, and the plans of named statements: a new one takes as long over its first as a page may. */
const IDLE_MS = 10 * 60_000
pg.types.setTypeParser(TIMESTAMPTZ, parseTimestamp)
// dates stay 'YYYY-MM-DD'; 64-bit ids stay decimal text
pg.types.setTypeParser(DATE, (text) => text)
pg.types.setTypeParser(INT8, (text) => text)

/** '2026-01-31 12:00:00.123456+00' (the session's zone is UTC) → microseconds since 1970. */
export function parseTimestamp(text: string): number {
  const match = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (!match) throw new RangeError(`not a UTC timestamp: ${text}`)
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return ms * 1000 + Number(fraction.padEnd(6, '0'))
}

/** Microseconds since 1970 → text that PostgreSQL reads as timestamptz without loss. */
export function toTimestamp(us: number): string {
  const seconds = Math.floor(us / 1_000_000)
  const fraction = us - seconds * 1_000_000
  return `${printSecond(seconds)}.${String(fraction).padStart(6, '0')}+00`
}

const DAY_SECONDS = 86_400
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

let printed = { day: 0, text: '1970-01-01' }

/** Logs go on from second to second: the last day is remembered. */
function printSecond(seconds: number): string {
  const day = Math.floor(seconds / DAY_SECONDS)
  if (printed.day !== day) printed = { day, text: dayOfNumber(day) }
  const ofDay = seconds - day * DAY_SECONDS
  const minutes = Math.floor(ofDay / 60)
  const hours = Math.floor(minutes / 60)
  return `${printed.text}T${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes - hours * 60]}:${TWO_DIGITS[ofDay - minutes * 60]}`
}

const DAY_MS = 86_400_000
/** Whoever holds locks and asks nothing for longer has come to a stop: no change of ours pauses for half of it. */
const IDLE_IN_TRANSACTION_MS = 120_000
/** A worker computes between two statements; the largest turn takes it less than a tenth of this. */
const WORKER_IDLE_MS = 900_000

/**
 * For the web server, at its start: no page may keep the database busy for longer than CORDON_STATEMENT_SECONDS with one statement, and no stopped
 * process hold its locks. Said to the driver, which is one module in that process; what imports this one may be several.
 */
export function limitStatements(): void {
  pg.defaults.statement_timeout = env('CORDON_STATEMENT_SECONDS') * 1000
  pg.defaults.idle_in_transaction_session_timeout = IDLE_IN_TRANSACTION_MS
}

/** For a worker, at its start: one that was frozen in the middle of its work holds no locks for ever, which senders and other workers wait for. */
export function limitIdleTransactions(): void {
  pg.defaults.idle_in_transaction_session_timeout = WORKER_IDLE_MS
}

type Pools = { shared: pg.Pool | null; patient: pg.Pool | null }

/** One of each for the process: a web server's pages and handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as { cordonPools?: Pools }
holder.cordonPools ??= { shared: null, patient: null }
const pools = holder.cordonPools

/** The process's connections, as the application's role. In the web server a statement on them ends after a while: see `limitStatements`. */
export function pool(): pg.Pool {
  pools.shared ??= createPool(appDatabaseUrl())
  return pools.shared
}

/** Connections for what takes as long as it takes, in the web server too: events on their way in, exports. However many pages wait, these are free. */
export function patientPool(): pg.Pool {
  if (pg.defaults.statement_timeout === false) return pool()
  // 0 would mean the default to the driver
  pools.patient ??= createPool(appDatabaseUrl(), POOL_SIZE, DAY_MS)
  return pools.patient
}

/** By which what was read of a database is remembered: the process's two pools are of one. */
export function memoryKey(of: pg.Pool): pg.Pool {
  return of === pools.patient ? (pools.shared ?? of) : of
}

/** A pool of its own (tests, benchmarks); the caller ends it. Sessions speak UTC. */
export function createPool(connectionString: string, max = POOL_SIZE, statementMs?: number): pg.Pool {
  const url = new URL(connectionString)
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c timezone=UTC`.trim())
  const created = new pg.Pool({
    connectionString: url.toString(),
    max,
    idleTimeoutMillis: IDLE_MS,
    application_name: 'cordon',
    ...(statementMs !== undefined && { statement_timeout: statementMs }),
  })
  // an idle connection that the server drops is replaced at the next query
  created.on('error', () => undefined)
  // one that is in use and dropped between two queries says so to nobody else, and would end the process: the next query fails
  created.on('connect', (client) => {
    client.on('error', () => undefined)
    if (isBehindPages()) void putBackendBehindPages(client)
  })
  return created
}

export async function closePool(): Promise<void> {
  const closing = [pools.shared, pools.patient]
  pools.shared = null
  pools.patient = null
  await Promise.all(closing.map((one) => one?.end()))
}
