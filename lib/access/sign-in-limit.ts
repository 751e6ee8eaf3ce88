import { createHash } from 'node:crypto'
import { parse } from 'ipaddr.js'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { ExpectedError } from '@/lib/errors'
import { type Pool, pool } from '@/lib/store/pool'

const WINDOW_SECONDS = 15 * 60
/** Attempts in a window, per account and per address (an office shares one). */
const PER_ACCOUNT = 10
const PER_ADDRESS = 50
/** An IPv6 network of one customer: whoever has one has 2^64 addresses. */
const IPV6_NETWORK_BYTES = 8

type Limits = { pool: Pool; byAccount: RateLimiterPostgres; byAddress: RateLimiterPostgres }
let shared: Limits | null = null

/** Counted in the database, so that several web servers count together and a restart forgets nothing. */
function limits(): Limits {
  const current = pool()
  if (shared?.pool !== current)
    shared = {
      pool: current,
      byAccount: limiter(current, 'account', PER_ACCOUNT),
      byAddress: limiter(current, 'address', PER_ADDRESS),
    }
  return shared
}

function limiter(storeClient: Pool, keyPrefix: string, points: number): RateLimiterPostgres {
  const table = { tableName: 'sign_in_limit', tableCreated: true }
  return new RateLimiterPostgres({ storeClient, keyPrefix, points, duration: WINDOW_SECONDS, ...table })
}

/**
 * Takes one of the attempts that the account and the address have left; false when either has none. Taken before the password is
 * compared: many attempts at the same moment are then no more than one after the other.
 */
export async function takeAttempt(email: string, address: string): Promise<boolean> {
  const { byAccount, byAddress } = limits()
  const taken = await Promise.allSettled([
    byAccount.consume(accountKey(email)),
    byAddress.consume(addressKey(address)),
  ])
  // what is no refusal is a fault of the database, and not the person's
  for (const one of taken) if (one.status === 'rejected' && one.reason instanceof Error) throw one.reason
  return taken.every(({ status }) => status === 'fulfilled')
}

/** Like takeAttempt, for who is signed in. @throws ExpectedError 'busy' */
export async function requireAttempt(email: string, address: string): Promise<void> {
  if (!(await takeAttempt(email, address)))
    throw new ExpectedError('busy', 'Too many attempts. Wait 15 minutes, then try again.')
}

/** A success gives the account all of its attempts back, the address only this one. */
export async function giveBackAttempts(email: string, address: string): Promise<void> {
  const { byAccount, byAddress } = limits()
  await Promise.all([byAccount.delete(accountKey(email)), byAddress.reward(addressKey(address))])
}

/** Of any length, and whoever reads the table learns no address. */
function accountKey(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}

function addressKey(address: string): string {
  try {
    const read = parse(address)
    return read.kind() === 'ipv4'
      ? read.toString()
      : Buffer.from(read.toByteArray().slice(0, IPV6_NETWORK_BYTES)).toString('hex')
  } catch {
    return 'unknown'
  }
}
