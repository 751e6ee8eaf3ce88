import { createHash } from 'node:crypto'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { type Pool, pool } from '@/lib/store/pool'
import { noteRefusal } from '@/lib/store/refusals'
import { networkOf } from './client-address'

const WINDOW_SECONDS = 15 * 60
/** Attempts in a window, per account and per address (an office shares one). */
const PER_ACCOUNT = 10
const PER_ADDRESS = 50
/** Links for a forgotten password: of an account, whose mailbox is nobody's to fill, and asked for from an address. */
const LINK_WINDOW_SECONDS = 60 * 60
const LINKS_PER_ACCOUNT = 3
const LINKS_PER_ADDRESS = 20

type Limits = { pool: Pool } & Record<
  'byAccount' | 'byAddress' | 'linksByAccount' | 'linksByAddress',
  RateLimiterPostgres
>
let shared: Limits | null = null

/** Counted in the database, so that several web servers count together and a restart forgets nothing. */
function limits(): Limits {
  const current = pool()
  if (shared?.pool !== current)
    shared = {
      pool: current,
      byAccount: limiter(current, 'account', PER_ACCOUNT),
      byAddress: limiter(current, 'address', PER_ADDRESS),
      linksByAccount: limiter(current, 'link-account', LINKS_PER_ACCOUNT, LINK_WINDOW_SECONDS),
      linksByAddress: limiter(current, 'link-address', LINKS_PER_ADDRESS, LINK_WINDOW_SECONDS),
    }
  return shared
}

function limiter(
  storeClient: Pool,
  keyPrefix: string,
  points: number,
  duration = WINDOW_SECONDS,
): RateLimiterPostgres {
  const table = { tableName: 'sign_in_limit', tableCreated: true }
  return new RateLimiterPostgres({ storeClient, keyPrefix, points, duration, ...table })
}

/** Whether there was an attempt left, of which there is one less now. @throws what is no refusal: a fault of the database, and not the person's */
async function taken(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt
    return true
  } catch (refused) {
    if (refused instanceof Error) throw refused
    return false
  }
}

/**
 * Takes one of the attempts that the account and the address have left; false when either has none. Taken before the password is
 * compared: many attempts at the same moment are then no more than one after the other.
 */
export async function takeAttempt(email: string, address: string): Promise<boolean> {
  const { byAccount, byAddress } = limits()
  // an address without any left takes none of anybody's: else it alone could keep everybody out
  if (
    (await taken(byAddress.consume(networkOf(address)))) &&
    (await taken(byAccount.consume(accountKey(email))))
  )
    return true
  await noteRefusal('sign-ins-locked-out', { email, address: networkOf(address) }, now())
  return false
}

/** Like takeAttempt, for who is signed in. @throws ExpectedError 'busy' */
export async function requireAttempt(email: string, address: string): Promise<void> {
  if (!(await takeAttempt(email, address)))
    throw new ExpectedError('busy', 'Too many attempts. Wait 15 minutes, then try again.')
}

/** A success gives the account all of its attempts back, the address only this one. */
export async function giveBackAttempts(email: string, address: string): Promise<void> {
  const { byAccount, byAddress } = limits()
  await Promise.all([byAccount.delete(accountKey(email)), byAddress.reward(networkOf(address))])
}

/** Before it is looked whether anybody has the e-mail address. @throws ExpectedError 'busy' */
export async function requireLinkAttempt(address: string): Promise<void> {
  if (!(await taken(limits().linksByAddress.consume(networkOf(address)))))
    throw new ExpectedError('busy', 'Too many links were asked for from here. Wait an hour, then try again.')
}

/** Whether the account may be sent another link. */
export async function takeLink(email: string): Promise<boolean> {
  return await taken(limits().linksByAccount.consume(accountKey(email)))
}

/** Of any length, and whoever reads the table learns no address. */
function accountKey(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
