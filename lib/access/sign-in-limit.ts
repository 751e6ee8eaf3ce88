import { RateLimiterMemory } from 'rate-limiter-flexible'

const WINDOW_SECONDS = 15 * 60
/** Attempts in a window, per account and per address (an office shares one). */
const byAccount = new RateLimiterMemory({ points: 10, duration: WINDOW_SECONDS })
const byAddress = new RateLimiterMemory({ points: 50, duration: WINDOW_SECONDS })

/**
 * Takes one of the attempts that the account and the address have left; false when either has none. Taken before the password is
 * compared: many attempts at the same moment are then no more than one after the other.
 */
export async function takeAttempt(email: string, address: string): Promise<boolean> {
  const taken = await Promise.allSettled([byAccount.consume(email), byAddress.consume(address)])
  return taken.every(({ status }) => status === 'fulfilled')
}

/** A success gives the account all of its attempts back, the address only this one. */
export async function giveBackAttempts(email: string, address: string): Promise<void> {
  await Promise.all([byAccount.delete(email), byAddress.reward(address)])
}
